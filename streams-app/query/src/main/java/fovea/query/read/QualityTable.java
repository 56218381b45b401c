package fovea.query.read;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Counters;
import fovea.core.aggregate.ModelVersion;
import fovea.core.map.MapQuery;
import fovea.core.quality.QualitySums;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How good the explanations are, by aggregate key, as last committed. Thread-safe for one writer
 * and any readers.
 */
public final class QualityTable {
  private final ConcurrentMap<Series, ConcurrentMap<Place, Held>> series =
      new ConcurrentHashMap<>();
  private final ModelCatalogue models;

  QualityTable(ModelCatalogue models) {
    this.models = models;
  }

  /** The state of one key, never written again. */
  private record Held(long images, QualitySums sums, Instant asOf) {}

  void put(AggregateKey key, long images, QualitySums sums, Instant at) {
    series
        .computeIfAbsent(Series.of(key), of -> new ConcurrentHashMap<>())
        .put(new Place(key.site(), key.pane()), new Held(images, sums, at));
  }

  void remove(AggregateKey key) {
    series.computeIfPresent(
        Series.of(key),
        (of, panes) -> {
          panes.remove(new Place(key.site(), key.pane()));
          return panes.isEmpty() ? null : panes;
        });
  }

  /**
   * The sums over every site and day of what is kept of all images.
   *
   * @return of each label of each model and frame, the caller's own
   */
  public Map<Subject, QualitySums> overAll() {
    Map<Subject, QualitySums> out = new HashMap<>();
    series.forEach(
        (of, panes) -> {
          if (of.measure().basis() == Basis.ALL) {
            QualitySums sums = QualitySums.empty();
            panes.values().forEach(held -> sums.merge(held.sums()));
            out.put(new Subject(of.model(), of.frame(), of.measure().label()), sums);
          }
        });
    return out;
  }

  /** Whose explanations: a label's, of one model in one frame. */
  public record Subject(ModelVersion model, String frame, String label) {}

  /** The sums of what is asked for; time grows with the panes and sites that are added up. */
  public QualityAnswer answer(MapQuery query) {
    return switch (new SeriesSelector<>(query, models, Held::images).of(series)) {
      case Selection.One<Held> one -> new QualityAnswer.Here(sum(query, one));
      case Selection.None<Held> none -> new QualityAnswer.Absent();
      case Selection.Several<Held> several ->
          new QualityAnswer.Ambiguous(several.parameter(), several.choices());
    };
  }

  private QualityReport sum(MapQuery query, Selection.One<Held> chosen) {
    SortedMap<String, Long> sites = new TreeMap<>();
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    QualitySums sums = QualitySums.empty();
    query.sites().forEach(site -> sites.put(site, 0L));
    for (Map.Entry<Place, Held> pane : chosen.panes().entrySet()) {
      sites.merge(pane.getKey().site(), pane.getValue().images(), Long::sum);
      days.merge(pane.getKey().day(), pane.getValue().images(), Long::sum);
      sums.merge(pane.getValue().sums());
    }
    return new QualityReport(
        chosen.series().model(),
        chosen.series().frame(),
        query.measure(),
        sites,
        days,
        sums.snapshot(),
        Peaks.of(sums.peaks(), peaks(query, chosen.series())),
        chosen.panes().values().stream().map(Held::asOf).max(Instant::compareTo).orElseThrow());
  }

  /** Of every label of the model of {@code one}, over the same sites and days. */
  private List<Counters> peaks(MapQuery query, Series one) {
    List<Counters> out = new ArrayList<>();
    series.forEach(
        (of, panes) -> {
          if (of.model().equals(one.model())
              && of.frame().equals(one.frame())
              && of.measure().basis() == one.measure().basis()) {
            Counters label = new Counters();
            panes.forEach(
                (place, held) -> {
                  if (query.covers(place.site(), place.day())) {
                    label.merge(held.sums().peaks());
                  }
                });
            out.add(label);
          }
        });
    return out;
  }
}
