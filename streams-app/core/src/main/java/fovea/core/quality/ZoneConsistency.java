package fovea.core.quality;

import fovea.core.aggregate.Counters;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Whether a label or prototype always means the same place (EvalProtoPNet; Huang et al., ICCV
 * 2023): over images, the share of those whose peak touches a zone, for its best zone.
 *
 * <p>What is summed are plain {@link Counters}, one per label or prototype, with their laws.
 */
public final class ZoneConsistency {
  /** A best zone in at least this share of images is consistent. */
  public static final double THRESHOLD = 0.8;

  private static final String IMAGES = "images";
  private static final String ZONE = "zone:";

  private ZoneConsistency() {}

  /** Counts one image; {@code by} is −1 to take it away again. */
  public static void count(Counters counters, Set<String> hit, int by) {
    counters.add(IMAGES, by);
    hit.forEach(zone -> counters.add(ZONE + zone, by));
  }

  /** Images counted. */
  public static long images(Counters counters) {
    return counters.count(IMAGES);
  }

  /**
   * Images by zone, most first, of equal ones in order of their names; zones without are left out.
   */
  public static SequencedMap<String, Long> zones(Counters counters) {
    SequencedMap<String, Long> out = new LinkedHashMap<>();
    counters.snapshot().entrySet().stream()
        .filter(e -> e.getKey().startsWith(ZONE))
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(e -> out.put(e.getKey().substring(ZONE.length()), e.getValue()));
    return Collections.unmodifiableSequencedMap(out);
  }

  /** The best zone's share of images; no value of no images. */
  public static OptionalDouble greatestShare(Counters counters) {
    long most = zones(counters).values().stream().findFirst().orElse(0L);
    long images = images(counters);
    return images == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) most / images);
  }

  /** The share of labels or prototypes, of those with images, that are consistent. */
  public static OptionalDouble score(Collection<Counters> all) {
    return all.stream()
        .map(ZoneConsistency::greatestShare)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(share -> share.getAsDouble() >= THRESHOLD ? 1 : 0)
        .average();
  }
}
