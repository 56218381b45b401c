package fovea.streams.aggregate;

import fovea.core.aggregate.Counters;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one delta does to the counters under one key.
 *
 * @param images images more, or less, by what became of them
 */
record CountChange(Map<String, Integer> images) implements StateChange {
  private static final String SCORED = "scored";

  CountChange() {
    this(new TreeMap<>());
  }

  void count(String outcome, int by) {
    images.merge(outcome, by, Integer::sum);
  }

  @Override
  public Optional<byte[]> after(byte @Nullable [] before) {
    Counters counters = before == null ? new Counters() : Counters.read(before);
    images.forEach(
        (outcome, by) -> {
          counters.add(SCORED, by);
          counters.add(outcome, by);
        });
    return counters.isEmpty() ? Optional.empty() : Optional.of(counters.bytes());
  }

  static long scored(Counters counters) {
    return counters.count(SCORED);
  }
}
