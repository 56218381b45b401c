package fovea.streams.aggregate;

import fovea.core.aggregate.Counters;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one delta does to the counters under one key.
 *
 * @param images images more, or less, by counter
 */
record CountChange(Map<String, Integer> images) implements StateChange {
  CountChange() {
    this(new TreeMap<>());
  }

  void count(String name, int by) {
    images.merge(name, by, Integer::sum);
  }

  @Override
  public Optional<byte[]> after(byte @Nullable [] before) {
    Counters counters = before == null ? new Counters() : Counters.read(before);
    images.forEach(counters::add);
    return counters.isEmpty() ? Optional.empty() : Optional.of(counters.bytes());
  }

  static long scored(Counters counters) {
    return counters.count(Contributions.SCORED);
  }
}
