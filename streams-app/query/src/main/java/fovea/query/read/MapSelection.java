package fovea.query.read;

import fovea.core.aggregate.ModelVersion;
import fovea.core.map.GlobalMap;
import fovea.core.map.MapAnswer;
import fovea.core.map.MapQuery;
import fovea.core.map.ModelChoice;
import fovea.core.map.Tally;
import fovea.core.moments.Folds;
import fovea.core.moments.FoldsSnapshot;
import fovea.core.moments.Moments;
import fovea.core.moments.MomentsSnapshot;
import fovea.schema.ModelEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

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
    List<Selected> candidates =
        series.entrySet().stream()
            .filter(entry -> meant(entry.getKey()))
            .map(entry -> select(entry.getKey(), entry.getValue()))
            .toList();
    List<String> ids = names(candidates, Selected::id);
    if (ids.size() > 1) {
      return new MapAnswer.Ambiguous("model", ids);
    }
    return ids.isEmpty() ? absent() : ofModel(ids.getFirst(), candidates);
  }

  private boolean meant(Series series) {
    ModelChoice choice = query.model();
    ModelVersion model = series.model();
    return series.measure().equals(query.measure())
        && choice.id().map(model.id()::equals).orElse(true)
        && choice.version().map(model.version()::equals).orElse(true)
        && choice.variant().map(model.variant()::equals).orElse(true);
  }

  private MapAnswer ofModel(String id, List<Selected> candidates) {
    Optional<String> serving =
        query.model().version().isPresent()
            ? Optional.empty()
            : models.newestServing(id).map(ModelEvent::getModelVersion);
    List<Selected> left =
        candidates.stream()
            .filter(one -> serving.map(one.series.model().version()::equals).orElse(true))
            .toList();
    List<String> versions = names(left, one -> one.series.model().version());
    if (versions.size() > 1) {
      return new MapAnswer.Ambiguous("version", versions);
    }
    List<String> variants = names(left, one -> one.series.model().variant());
    return variants.size() > 1 ? new MapAnswer.Ambiguous("variant", variants) : ofFrame(left);
  }

  private MapAnswer ofFrame(List<Selected> candidates) {
    List<Selected> frames =
        candidates.stream()
            .filter(Selected::any)
            .sorted(
                Comparator.comparingLong(Selected::n)
                    .reversed()
                    .thenComparing(one -> one.series.frame()))
            .toList();
    Optional<Selected> chosen =
        frames.stream()
            .filter(one -> query.frame().map(one.series.frame()::equals).orElse(true))
            .findFirst();
    return chosen
        .<MapAnswer>map(
            one ->
                new MapAnswer.Here(
                    map(one, frames.stream().map(each -> each.series.frame()).toList())))
        .orElseGet(this::absent);
  }

  private GlobalMap map(Selected chosen, List<String> frames) {
    SortedMap<String, Long> sites = new TreeMap<>();
    SortedMap<LocalDate, Long> days = new TreeMap<>();
    query.sites().forEach(site -> sites.put(site, 0L));
    chosen.panes.forEach(
        (place, pane) -> {
          sites.merge(place.site(), pane.moments().n(), Long::sum);
          days.merge(place.day(), pane.moments().n(), Long::sum);
        });
    ModelVersion model = chosen.series.model();
    Tally tally =
        tallies.sum(
            TallyTable.within(query.sites(), query.period()).and(key -> key.model().equals(model)));
    return new GlobalMap(
        model,
        chosen.series.frame(),
        frames,
        query.measure(),
        sites,
        days,
        chosen.sum(),
        chosen.folds(),
        tally,
        chosen.panes.values().stream().map(Pane::asOf).max(Instant::compareTo).orElseThrow());
  }

  private MapAnswer absent() {
    return new MapAnswer.Absent(
        "no image has entered such a map yet: %s of '%s' over %s images"
            .formatted(
                query.measure().quantity(), query.measure().label(), query.measure().basis()));
  }

  private Selected select(Series series, Map<Place, Pane> panes) {
    Map<Place, Pane> some =
        new TreeMap<>(Comparator.comparing(Place::day).thenComparing(Place::site));
    panes.forEach(
        (place, pane) -> {
          if ((query.sites().isEmpty() || query.sites().contains(place.site()))
              && query.period().contains(place.day())) {
            some.put(place, pane);
          }
        });
    return new Selected(series, some);
  }

  private static List<String> names(List<Selected> of, Function<Selected, String> name) {
    return of.stream().map(name).distinct().sorted().toList();
  }

  /** One series with the panes that the query's sites and days leave of it. */
  private record Selected(Series series, Map<Place, Pane> panes) {
    String id() {
      return series.model().id();
    }

    boolean any() {
      return !panes.isEmpty();
    }

    long n() {
      return panes.values().stream().mapToLong(pane -> pane.moments().n()).sum();
    }

    /** Of all panes, or of none: a part of them would be a confidence in something else. */
    Optional<FoldsSnapshot> folds() {
      List<Folds> held = panes.values().stream().flatMap(pane -> pane.folds().stream()).toList();
      return held.size() < panes.size()
          ? Optional.empty()
          : held.stream().map(Folds::snapshot).reduce(FoldsSnapshot::plus);
    }

    MomentsSnapshot sum() {
      MomentsSnapshot first = panes.values().iterator().next().moments().snapshot();
      Moments sum = Moments.empty(first.gridHeight(), first.gridWidth(), first.scaleExponent());
      panes.values().forEach(pane -> sum.merge(pane.moments()));
      return sum.snapshot();
    }
  }
}
