package fovea.query.read;

import fovea.core.aggregate.ModelVersion;
import fovea.core.map.GlobalMap;
import fovea.core.map.MapAnswer;
import fovea.core.map.MapQuery;
import fovea.core.map.Tally;
import fovea.core.moments.Folds;
import fovea.core.moments.FoldsSnapshot;
import fovea.core.moments.Moments;
import fovea.core.moments.MomentsSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;

/** Finds the one series that a query means, and adds its panes up. */
final class MapSelection {
  private final MapQuery query;
  private final ModelCatalogue models;
  private final TallyTable tallies;

  MapSelection(MapQuery query, ModelCatalogue models, TallyTable tallies) {
    this.query = query;
    this.models = models;
    this.tallies = tallies;
  }

  MapAnswer answer(Map<Series, ConcurrentMap<Place, Pane>> series) {
    return switch (new SeriesSelector<Pane>(query, models, pane -> pane.moments().n()).of(series)) {
      case Selection.One<Pane> one -> new MapAnswer.Here(map(one));
      case Selection.None<Pane> none -> absent();
      case Selection.Several<Pane> several ->
          new MapAnswer.Ambiguous(several.parameter(), several.choices());
    };
  }

  private GlobalMap map(Selection.One<Pane> chosen) {
    SortedMap<String, Long> sites = new TreeMap<>();
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    query.sites().forEach(site -> sites.put(site, 0L));
    chosen
        .panes()
        .forEach(
            (place, pane) -> {
              sites.merge(place.site(), pane.moments().n(), Long::sum);
              days.merge(place.day(), pane.moments().n(), Long::sum);
            });
    ModelVersion model = chosen.series().model();
    Tally tally =
        tallies.sum(
            TallyTable.within(query.sites(), query.period()).and(key -> key.model().equals(model)));
    Collection<Pane> panes = chosen.panes().values();
    return new GlobalMap(
        model,
        chosen.series().frame(),
        chosen.frames(),
        query.measure(),
        sites,
        days,
        sum(panes),
        folds(panes),
        tally,
        panes.stream().map(Pane::asOf).max(Instant::compareTo).orElseThrow());
  }

  private MapAnswer absent() {
    return new MapAnswer.Absent(
        "no image has entered such a map yet: %s of '%s' over %s images"
            .formatted(
                query.measure().quantity(), query.measure().label(), query.measure().basis()));
  }

  /** Of all panes, or of none: a part of them would be a confidence in something else. */
  private static Optional<FoldsSnapshot> folds(Collection<Pane> panes) {
    List<Folds> held = panes.stream().flatMap(pane -> pane.folds().stream()).toList();
    return held.size() < panes.size()
        ? Optional.empty()
        : held.stream().map(Folds::snapshot).reduce(FoldsSnapshot::plus);
  }

  private static MomentsSnapshot sum(Collection<Pane> panes) {
    MomentsSnapshot first = panes.iterator().next().moments().snapshot();
    Moments sum = Moments.empty(first.gridHeight(), first.gridWidth(), first.scaleExponent());
    panes.forEach(pane -> sum.merge(pane.moments()));
    return sum.snapshot();
  }
}
