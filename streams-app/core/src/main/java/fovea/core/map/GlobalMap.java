package fovea.core.map;

import fovea.core.aggregate.ModelVersion;
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
 * A map and everything needed to read it. Immutable.
 *
 * @param model the version and variant it is of
 * @param frame the aligned space of its grid
 * @param frames every frame the query could have meant, that of most images first
 * @param measure what it shows
 * @param sites images by site, of the sites that were added up
 * @param days images by UTC day, of the days that were added up
 * @param moments the sums of all of them
 * @param folds the same images dealt by subject; empty where they are not kept for all of them
 * @param tally what became of the images of the same model, frame, sites and days
 * @param asOf Kafka timestamp of the newest record that entered
 */
public record GlobalMap(
    ModelVersion model,
    String frame,
    List<String> frames,
    Measure measure,
    SortedMap<String, Long> sites,
    SortedMap<LocalDate, Long> days,
    MomentsSnapshot moments,
    Optional<FoldsSnapshot> folds,
    Tally tally,
    Instant asOf) {
  public GlobalMap {
    frames = List.copyOf(frames);
    sites = Collections.unmodifiableSortedMap(new TreeMap<>(sites));
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }
}
