package fovea.query;

import fovea.core.aggregate.ModelVersion;
import fovea.core.composition.MeanMap;
import fovea.core.map.Tally;
import fovea.core.moments.FoldsSnapshot;
import fovea.core.moments.MomentsSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A map as it was wanted, and everything needed to read it. Immutable; every number of it is of the
 * same aggregates, read once.
 *
 * @param wanted what was asked for
 * @param model the version and variant it is of
 * @param frame the aligned space of its grid
 * @param frames every frame that could have been meant, that of most images first
 * @param labels the labels that entered
 * @param missing labels that were meant but have no such map
 * @param sites images by site
 * @param days images by UTC day
 * @param mean the map
 * @param sums the sums it is the quotient of; empty of a mean of means
 * @param extra counts beside the map
 * @param asOf Kafka timestamp of the newest record that entered
 */
record ComposedMap(
    Wanted wanted,
    ModelVersion model,
    String frame,
    List<String> frames,
    List<String> labels,
    List<String> missing,
    SortedMap<String, Long> sites,
    SortedMap<LocalDate, Long> days,
    MeanMap mean,
    Optional<MomentsSnapshot> sums,
    Extra extra,
    Instant asOf) {

  /**
   * Counts beside a map.
   *
   * @param empty images without positive evidence
   * @param clipped cells that did not fit the scale
   * @param tally what became of the images of the same model, sites and days
   * @param outcomes images whose outcome is known, of a map that depends on outcomes
   * @param folds its images dealt by subject; empty where they are not kept for all of them, and of
   *     a mean of means
   */
  record Extra(
      long empty,
      long clipped,
      Tally tally,
      Optional<Outcomes> outcomes,
      Optional<FoldsSnapshot> folds) {}

  /** Of {@code of} images in the map over all images, {@code known} have an outcome. */
  record Outcomes(long known, long of) {}

  ComposedMap {
    frames = List.copyOf(frames);
    labels = List.copyOf(labels);
    missing = List.copyOf(missing);
    sites = Collections.unmodifiableSortedMap(new TreeMap<>(sites));
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }

  /** The labels as one name. */
  String label() {
    return labels.size() == 1 ? labels.getFirst() : labels.size() + " labels";
  }

  /** The first and last day that has an image, in words. */
  String period() {
    return days.size() == 1
        ? days.firstKey().toString()
        : days.firstKey() + " to " + days.lastKey();
  }
}
