package fovea.query.read;

import fovea.core.aggregate.ModelVersion;
import fovea.core.map.MapQuery;
import fovea.core.map.ModelChoice;
import fovea.schema.ModelEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Finds the one series that a query means: what it leaves open only where the choice is plain. */
final class SeriesSelector<P> {
  private final MapQuery query;
  private final ModelCatalogue models;
  private final ToLongFunction<P> images;

  /**
   * @param images how many are in a pane
   */
  SeriesSelector(MapQuery query, ModelCatalogue models, ToLongFunction<P> images) {
    this.query = query;
    this.models = models;
    this.images = images;
  }

  Selection<P> of(Map<Series, ConcurrentMap<Place, P>> series) {
    List<Candidate<P>> candidates =
        series.entrySet().stream()
            .filter(entry -> meant(entry.getKey()))
            .map(entry -> candidate(entry.getKey(), entry.getValue()))
            .toList();
    List<String> ids = names(candidates, one -> one.series.model().id());
    if (ids.size() > 1) {
      return new Selection.Several<>("model", ids);
    }
    return ids.isEmpty() ? new Selection.None<>() : ofModel(ids.getFirst(), candidates);
  }

  private boolean meant(Series series) {
    ModelChoice choice = query.model();
    ModelVersion model = series.model();
    return series.measure().equals(query.measure())
        && choice.id().map(model.id()::equals).orElse(true)
        && choice.version().map(model.version()::equals).orElse(true)
        && choice.variant().map(model.variant()::equals).orElse(true);
  }

  private Selection<P> ofModel(String id, List<Candidate<P>> candidates) {
    Optional<String> serving =
        query.model().version().isPresent()
            ? Optional.empty()
            : models.newestServing(id).map(ModelEvent::getModelVersion);
    List<Candidate<P>> left =
        candidates.stream()
            .filter(one -> serving.map(one.series.model().version()::equals).orElse(true))
            .toList();
    List<String> versions = names(left, one -> one.series.model().version());
    if (versions.size() > 1) {
      return new Selection.Several<>("version", versions);
    }
    List<String> variants = names(left, one -> one.series.model().variant());
    return variants.size() > 1 ? new Selection.Several<>("variant", variants) : ofFrame(left);
  }

  private Selection<P> ofFrame(List<Candidate<P>> candidates) {
    List<Candidate<P>> frames =
        candidates.stream()
            .filter(one -> !one.panes.isEmpty())
            .sorted(
                Comparator.comparingLong(this::images)
                    .reversed()
                    .thenComparing(one -> one.series.frame()))
            .toList();
    List<String> all = frames.stream().map(one -> one.series.frame()).toList();
    return frames.stream()
        .filter(one -> query.frame().map(one.series.frame()::equals).orElse(true))
        .findFirst()
        .<Selection<P>>map(one -> new Selection.One<>(one.series, one.panes, all))
        .orElseGet(Selection.None::new);
  }

  private Candidate<P> candidate(Series series, Map<Place, P> panes) {
    Map<Place, P> some = new TreeMap<>();
    panes.forEach(
        (place, pane) -> {
          if (query.covers(place.site(), place.day())) {
            some.put(place, pane);
          }
        });
    return new Candidate<>(series, some);
  }

  private long images(Candidate<P> one) {
    return one.panes.values().stream().mapToLong(images).sum();
  }

  private static <P> List<String> names(
      List<Candidate<P>> of, Function<Candidate<P>, String> name) {
    return of.stream().map(name).distinct().sorted().toList();
  }

  /** One series with the panes that the query's sites and days leave of it. */
  private record Candidate<P>(Series series, Map<Place, P> panes) {}
}
