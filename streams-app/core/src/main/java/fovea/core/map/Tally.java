package fovea.core.map;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many images were scored, and what became of them. Immutable.
 *
 * @param scored images that the model scored
 * @param aggregated of these, images that entered the maps
 * @param withoutMap of these, images that have no map: of black boxes, outside their sample
 * @param rejected of these, images that did not, by reason
 */
public record Tally(
    long scored, long aggregated, long withoutMap, SortedMap<String, Long> rejected) {
  private static final String REJECTED = "rejected.";

  public Tally {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
  }

  /** Nothing counted. */
  public static Tally none() {
    return new Tally(0, 0, 0, new TreeMap<>());
  }

  /** Reads counters as records carry them: scored, aggregated, withoutMap, rejected.REASON. */
  public static Tally of(Map<String, Long> counters) {
    SortedMap<String, Long> rejected = new TreeMap<>();
    counters.forEach(
        (name, count) -> {
          if (name.startsWith(REJECTED)) {
            rejected.put(name.substring(REJECTED.length()), count);
          }
        });
    return new Tally(
        counters.getOrDefault("scored", 0L),
        counters.getOrDefault("aggregated", 0L),
        counters.getOrDefault("withoutMap", 0L),
        rejected);
  }

  /** Both together. */
  public Tally plus(Tally other) {
    SortedMap<String, Long> sum = new TreeMap<>(rejected);
    other.rejected.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return new Tally(
        scored + other.scored, aggregated + other.aggregated, withoutMap + other.withoutMap, sum);
  }

  /** The share of images in the frame that have a map; empty where there is none. */
  public OptionalDouble coverage() {
    long aligned = aggregated + withoutMap;
    return aligned == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) aggregated / aligned);
  }
}
