package fovea.inference;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * How live images keep being compared with the CPU in fp32, where something else serves.
 *
 * @param every each so many-th image of a model; 0 for none
 * @param meters where the comparison is told
 */
public record LivePlan(int every, MeterRegistry meters) {
  public LivePlan {
    if (every < 0) {
      throw new IllegalArgumentException("inference.parity.every must not be negative: " + every);
    }
  }
}
