package fovea.query.read;

import fovea.core.aggregate.Counters;
import fovea.core.quality.ZoneConsistency;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * Where a label's maps have their peaks, and for how many labels of its model that is one zone.
 * Immutable.
 *
 * @param images that have a peak
 * @param zones images by zone, most first; zones without are left out
 * @param labels of the model that have images with a peak
 * @param consistent those of which one zone has {@link ZoneConsistency#THRESHOLD} of the images
 */
public record Peaks(long images, SequencedMap<String, Long> zones, int labels, int consistent) {
  public Peaks {
    zones = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(zones));
  }

  /**
   * @param label of this label
   * @param all of every label of the model, this one among them
   */
  static Peaks of(Counters label, Collection<Counters> all) {
    double[] shares =
        all.stream()
            .map(ZoneConsistency::greatestShare)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    int consistent = 0;
    for (double share : shares) {
      consistent += share >= ZoneConsistency.THRESHOLD ? 1 : 0;
    }
    return new Peaks(
        ZoneConsistency.images(label), ZoneConsistency.zones(label), shares.length, consistent);
  }

  /** The share of images in the first zone; no value of no images. */
  public OptionalDouble greatestShare() {
    return zones.values().stream().mapToDouble(n -> (double) n / images).findFirst();
  }
}
