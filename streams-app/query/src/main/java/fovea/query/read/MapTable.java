package fovea.query.read;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Quantity;
import fovea.core.map.GlobalMaps;
import fovea.core.map.KeyCount;
import fovea.core.map.MapAnswer;
import fovea.core.map.MapQuery;
import fovea.core.moments.Folds;
import fovea.core.moments.Moments;
import fovea.core.moments.MomentsSnapshot;
import fovea.core.quality.QualitySums;
import fovea.schema.GlobalExplanation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Every aggregate by its key, as last committed.
 *
 * <p>Thread-safe for one writer and any readers. A reader sees each aggregate whole; two aggregates
 * may be of neighbouring moments.
 */
public final class MapTable implements GlobalMaps {
  private final ConcurrentMap<Series, ConcurrentMap<Place, Pane>> series =
      new ConcurrentHashMap<>();
  private final TallyTable tallies = new TallyTable();
  private final QualityTable quality;
  private final ModelCatalogue models;

  /** Versions that a query leaves open are chosen by what {@code models} says serves. */
  public MapTable(ModelCatalogue models) {
    this.models = models;
    this.quality = new QualityTable(models);
  }

  public TallyTable tallies() {
    return tallies;
  }

  public QualityTable quality() {
    return quality;
  }

  /**
   * Replaces one aggregate.
   *
   * @throws IllegalArgumentException if the state is broken, or of another grid or scale than its
   *     neighbours, with which it could not be added up
   */
  public void put(AggregateKey key, GlobalExplanation value, Instant at) {
    if (key.quantity() == Quantity.COUNTERS) {
      tallies.put(key, value.getCounters());
      return;
    }
    ByteBuffer state = value.getState();
    if (value.getN() == 0 || state == null) {
      remove(key);
      return;
    }
    if (key.quantity() == Quantity.QUALITY) {
      quality.put(key, value.getN(), QualitySums.read(bytes(state)), at);
    } else {
      put(key, new Pane(Moments.read(bytes(state)), folds(value), at));
    }
  }

  private void put(AggregateKey key, Pane pane) {
    Series of = Series.of(key);
    ConcurrentMap<Place, Pane> panes = series.getOrDefault(of, new ConcurrentHashMap<>());
    panes.values().stream().findAny().ifPresent(one -> checkSameGrid(one, pane));
    panes.put(new Place(key.site(), key.pane()), pane);
    series.put(of, panes);
  }

  /** Takes one aggregate away. */
  public void remove(AggregateKey key) {
    switch (key.quantity()) {
      case COUNTERS -> tallies.remove(key);
      case QUALITY -> quality.remove(key);
      default -> removeMap(key);
    }
  }

  private void removeMap(AggregateKey key) {
    series.computeIfPresent(
        Series.of(key),
        (of, panes) -> {
          panes.remove(new Place(key.site(), key.pane()));
          return panes.isEmpty() ? null : panes;
        });
  }

  @Override
  public MapAnswer map(MapQuery query) {
    return new MapSelection(query, models, tallies).answer(series);
  }

  @Override
  public Stream<KeyCount> keys() {
    return series.entrySet().stream().flatMap(MapTable::counts);
  }

  private static Stream<KeyCount> counts(Map.Entry<Series, ConcurrentMap<Place, Pane>> entry) {
    Series of = entry.getKey();
    return entry.getValue().entrySet().stream()
        .map(at -> new KeyCount(key(of, at.getKey()), at.getValue().moments().n(), asOf(at)));
  }

  private static Instant asOf(Map.Entry<Place, Pane> entry) {
    return entry.getValue().asOf();
  }

  private static AggregateKey key(Series of, Place place) {
    return new AggregateKey(
        of.model(),
        of.frame(),
        of.measure().quantity(),
        of.measure().label(),
        of.measure().basis(),
        place.site(),
        place.day());
  }

  /** Folds that are not of just these images would lend them a wrong confidence. */
  private static Optional<Folds> folds(GlobalExplanation value) {
    return Optional.ofNullable(value.getFolds())
        .map(state -> Folds.read(bytes(state)))
        .filter(folds -> folds.n() == value.getN());
  }

  private static void checkSameGrid(Pane held, Pane coming) {
    MomentsSnapshot a = held.moments().snapshot();
    MomentsSnapshot b = coming.moments().snapshot();
    if (a.gridHeight() != b.gridHeight()
        || a.gridWidth() != b.gridWidth()
        || a.scaleExponent() != b.scaleExponent()) {
      throw new IllegalArgumentException(
          "%s does not fit %s".formatted(coming.moments(), held.moments()));
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
