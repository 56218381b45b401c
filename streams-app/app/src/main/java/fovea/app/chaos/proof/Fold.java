package fovea.app.chaos.proof;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Counters;
import fovea.core.aggregate.Fingerprint;
import fovea.core.aggregate.KeyText;
import fovea.core.aggregate.Quantity;
import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Folds;
import fovea.core.moments.Moments;
import fovea.core.quality.QualitySums;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The states that events must lead to, by core alone and by another way than the product's: nothing
 * is ever taken away, as it is first found out what is forgotten, then which explanation of each
 * image counts.
 *
 * <p>Used in three passes over the same events: {@link #forget} all, {@link #rank} all, then {@link
 * #add} all. Thread-confined.
 */
final class Fold {
  private static final String ALIGNED = "ALIGNED";

  private final Fingerprint fingerprint;
  private final Map<String, Instant> forgotten = new HashMap<>();
  private final Map<String, Event.Order> winners = new HashMap<>();
  private final Map<String, Event.Confirmed> outcomes = new HashMap<>();
  private final Map<String, Folds> folds = new HashMap<>();
  private final Map<String, Moments> moments = new HashMap<>();
  private final Map<String, QualitySums> quality = new HashMap<>();
  private final Map<String, Counters> counters = new HashMap<>();

  /**
   * @param fingerprint keyed as the programme's
   */
  Fold(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** First pass: what is to be forgotten. */
  void forget(Event event) {
    if (event instanceof Event.Erased erased) {
      String key =
          erased
              .image()
              .map(image -> KeyText.join(erased.subject(), image))
              .orElseGet(() -> KeyText.join(erased.subject()));
      forgotten.merge(key, erased.until(), (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  /** Second pass: which one of an image's events counts. */
  void rank(Event event) {
    switch (event) {
      case Event.Explained explained -> {
        if (!forgotten(explained.subject(), explained.image(), explained.ingestedAt())) {
          winners.merge(
              identity(explained), explained.order(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
      }
      case Event.Confirmed confirmed -> {
        if (!forgotten(confirmed.subject(), confirmed.image(), confirmed.recordedAt())) {
          outcomes.merge(
              KeyText.join(confirmed.subject(), confirmed.image()),
              confirmed,
              (a, b) -> a.rank().compareTo(b.rank()) >= 0 ? a : b);
        }
      }
      case Event.Erased _ -> {} // It spoke in the first pass.
    }
  }

  /** Third pass: adds it where it counts; of equal ones the first. */
  void add(Event event) {
    if (event instanceof Event.Explained explained
        && !forgotten(explained.subject(), explained.image(), explained.ingestedAt())
        && winners.remove(identity(explained), explained.order())) {
      count(explained);
    }
  }

  /** What stands after the second pass: subject|image|model|version. */
  Set<String> standing() {
    return Set.copyOf(winners.keySet());
  }

  /** Whether something of this image or its subject was to be forgotten, but not this. */
  boolean survived(Event.Explained e) {
    return until(e.subject(), e.image()).isPresent()
        && !forgotten(e.subject(), e.image(), e.ingestedAt());
  }

  private boolean forgotten(String subject, String image, Instant came) {
    return until(subject, image).filter(until -> !came.isAfter(until)).isPresent();
  }

  private Optional<Instant> until(String subject, String image) {
    return Stream.of(KeyText.join(subject), KeyText.join(subject, image))
        .map(forgotten::get)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }

  /** Every key's bytes, as the stores must hold them. */
  States states() {
    SortedMap<String, byte[]> out = new TreeMap<>();
    moments.forEach((key, state) -> out.put(key, state.bytes()));
    folds.forEach((key, state) -> out.put(States.FOLDS + key, state.bytes()));
    quality.forEach((key, state) -> out.put(key, state.bytes()));
    counters.forEach((key, state) -> out.put(key, state.bytes()));
    return new States(out);
  }

  private static String identity(Event.Explained e) {
    return KeyText.join(e.subject(), e.image(), e.model().id(), e.model().version());
  }

  private void count(Event.Explained e) {
    Counters counter =
        counters.computeIfAbsent(
            AggregateKey.counters(e.model(), e.place().frame(), e.place().site(), e.place().pane())
                .text(),
            key -> new Counters());
    counter.add("scored", 1);
    boolean aligned = e.alignment().equals(ALIGNED);
    boolean mapped = e.labels().stream().anyMatch(label -> label.evidence().isPresent());
    String became = mapped ? "aggregated" : "withoutMap";
    counter.add(aligned ? became : "rejected." + e.alignment(), 1);
    if (aligned) {
      if (mapped) {
        outcome(e).ifPresent(outcome -> count(e, outcome, counter));
      }
      Goodness goodness = new Goodness(e, outcome(e));
      if (goodness.ignoresMeasures()) {
        counter.add("ignoredMeasures", 1);
      }
      if (goodness.ignoresRegions()) {
        counter.add("ignoredRegions", 1);
      }
      e.labels().forEach(label -> label.evidence().ifPresent(grid -> add(e, label, grid)));
    }
  }

  private Optional<Event.Confirmed> outcome(Event.Explained e) {
    return Optional.ofNullable(outcomes.get(KeyText.join(e.subject(), e.image())));
  }

  private static void count(Event.Explained e, Event.Confirmed outcome, Counters counter) {
    counter.add("withOutcome", 1);
    for (Event.Label label : e.labels()) {
      if (label.evidence().isPresent() && outcome.speaksOf(label.name())) {
        counter.add("assessed." + label.name(), 1);
      }
    }
  }

  private void add(Event.Explained e, Event.Label label, CellGrid evidence) {
    long f = fingerprint.of(e.image(), e.order().sha256());
    Attention attention =
        Attention.max1(evidence, e.quantisation().floor(), e.quantisation().subtractMin());
    CellMap max1 = new CellMap(attention.grid(), attention.empty(), 0, f);
    add(e, label, Quantity.ATTENTION_MAX1, max1);
    for (Basis basis : bases(e, label)) {
      if (basis == Basis.PREDICTED || basis == Basis.CONFIRMED) {
        folds
            .computeIfAbsent(
                key(e, label, Quantity.ATTENTION_MAX1, basis).text(),
                k -> Folds.empty(attention.grid().height(), attention.grid().width()))
            .add(fingerprint.fold(e.subject()), attention.grid());
      }
    }
    measure(e, label, attention.grid());
    add(e, label, Quantity.EVIDENCE, new CellMap(evidence, false, label.clipped(), f));
    add(e, label, Quantity.EVIDENCE_POSITIVE, positive(evidence, label.clipped(), f));
  }

  private void measure(Event.Explained e, Event.Label label, CellGrid attention) {
    for (Basis basis :
        label.decision() ? List.of(Basis.ALL, Basis.PREDICTED) : List.of(Basis.ALL)) {
      new Goodness(e, outcome(e))
          .addTo(
              quality.computeIfAbsent(
                  key(e, label, Quantity.QUALITY, basis).text(), k -> QualitySums.empty()),
              label,
              attention);
    }
  }

  private static CellMap positive(CellGrid evidence, int clipped, long fingerprint) {
    short[] cells = new short[evidence.cells().length];
    int top = 0;
    for (int i = 0; i < cells.length; i++) {
      short cell = evidence.cells()[i];
      cells[i] = cell > 0 ? cell : 0;
      top += cell == Short.MAX_VALUE ? 1 : 0;
    }
    CellGrid grid =
        new CellGrid(evidence.height(), evidence.width(), evidence.scaleExponent(), cells);
    return new CellMap(grid, false, Math.min(top, clipped), fingerprint);
  }

  private void add(Event.Explained e, Event.Label label, Quantity quantity, CellMap map) {
    CellGrid grid = map.grid();
    for (Basis basis : bases(e, label)) {
      moments
          .computeIfAbsent(
              key(e, label, quantity, basis).text(),
              k -> Moments.empty(grid.height(), grid.width(), grid.scaleExponent()))
          .add(map);
    }
  }

  private Set<Basis> bases(Event.Explained e, Event.Label label) {
    Set<Basis> bases = EnumSet.of(Basis.ALL);
    if (label.decision()) {
      bases.add(Basis.PREDICTED);
    }
    outcome(e)
        .filter(outcome -> outcome.speaksOf(label.name()))
        .ifPresent(
            outcome -> {
              if (!outcome.labels().contains(label.name())) {
                bases.add(label.decision() ? Basis.FP : Basis.TN);
              } else {
                bases.add(Basis.CONFIRMED);
                bases.add(label.decision() ? Basis.TP : Basis.FN);
              }
            });
    return bases;
  }

  private static AggregateKey key(
      Event.Explained e, Event.Label label, Quantity quantity, Basis basis) {
    Event.Place place = e.place();
    return new AggregateKey(
        e.model(), place.frame(), quantity, label.name(), basis, place.site(), place.pane());
  }
}
