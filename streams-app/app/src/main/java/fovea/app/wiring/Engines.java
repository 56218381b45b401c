package fovea.app.wiring;

import fovea.core.inference.Classifier;
import fovea.inference.InferenceConfig;
import fovea.inference.LivePlan;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.function.UnaryOperator;

/**
 * What models run on, and what they are asked through.
 *
 * @param config engines, providers and precision
 * @param live how live images keep being compared with the CPU, and where all is measured
 * @param behind what every engine is put behind, a batcher for instance
 * @param budget how long the maps of one image of a black box may take
 */
record Engines(
    InferenceConfig config, LivePlan live, UnaryOperator<Classifier> behind, MapBudget budget) {

  /** With the standard budget. */
  Engines(InferenceConfig config, LivePlan live, UnaryOperator<Classifier> behind) {
    this(config, live, behind, MapBudget.STANDARD);
  }

  /** The CPU, measured nowhere. */
  static Engines standard(UnaryOperator<Classifier> behind) {
    return new Engines(
        InferenceConfig.defaults(), new LivePlan(0, new CompositeMeterRegistry()), behind);
  }
}
