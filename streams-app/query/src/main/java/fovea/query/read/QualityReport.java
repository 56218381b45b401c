package fovea.query.read;

import fovea.core.aggregate.ModelVersion;
import fovea.core.map.Measure;
import fovea.core.quality.QualityMeasure;
import fovea.core.quality.QualityTally;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The exact sums of every measure over some sites and days. Immutable.
 *
 * @param model what explained
 * @param frame of which images
 * @param measure the label and basis
 * @param sites images by site
 * @param days images by UTC day of acquisition
 * @param tallies the measures that were taken at least once
 * @param peaks where the maps have their peaks
 * @param asOf Kafka timestamp of the newest record in it
 */
public record QualityReport(
    ModelVersion model,
    String frame,
    Measure measure,
    SortedMap<String, Long> sites,
    SortedMap<LocalDate, Long> days,
    Map<QualityMeasure, QualityTally> tallies,
    Peaks peaks,
    Instant asOf) {
  public QualityReport {
    sites = Collections.unmodifiableSortedMap(new TreeMap<>(sites));
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
    tallies = Map.copyOf(tallies);
  }

  /** Images, each measured or asked for. */
  public long images() {
    return sites.values().stream().mapToLong(Long::longValue).sum();
  }
}
