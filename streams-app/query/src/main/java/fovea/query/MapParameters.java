package fovea.query;

import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Quantity;
import fovea.core.map.ModelChoice;
import fovea.core.map.Period;
import fovea.query.Wanted.OverLabels;
import fovea.query.Wanted.OverSites;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parameters by which a map is asked for. */
final class MapParameters {
  /** What begins the name of a parameter of the map that is taken away. */
  static final String MINUS = "minus.";

  private static final List<String> MODEL = List.of("model", "version", "variant");
  private static final List<String> PERIOD = List.of("pane", "from", "to");
  private static final List<String> LABEL = List.of("label", "labels");
  private static final List<String> PLACE = List.of("site", "sites");
  private static final List<String> WITHOUT_BASIS =
      Stream.of(MODEL, List.of("frame"), LABEL, PLACE, List.of("quantity"), PERIOD)
          .flatMap(List::stream)
          .toList();

  static final List<String> NAMES =
      Stream.concat(WITHOUT_BASIS.stream(), Stream.of("basis")).toList();

  /** Each may also be given to the map that is taken away; a quantity is of both. */
  static final List<String> OF_BOTH =
      Stream.concat(
              NAMES.stream(),
              NAMES.stream().filter(name -> !name.equals("quantity")).map(MINUS::concat))
          .toList();

  /** Of a pair whose images follow from it. */
  static final List<String> PRESENT_MINUS_ABSENT =
      Stream.concat(WITHOUT_BASIS.stream(), Stream.of("by")).toList();

  private MapParameters() {}

  static List<String> and(List<String> names, String... more) {
    return Stream.concat(names.stream(), Arrays.stream(more)).toList();
  }

  static Wanted wanted(Ask ask) {
    Quantity quantity =
        Quantity.valueOf(
            ask.word(
                "quantity", "ATTENTION_MAX1", "EVIDENCE", "EVIDENCE_POSITIVE", "ATTENTION_MASS1"));
    Basis basis =
        Basis.valueOf(ask.word("basis", "ALL", "PREDICTED", "CONFIRMED", "TP", "FP", "FN", "TN"));
    Set<String> labels = ask.many("label");
    return new Wanted(
        model(ask),
        ask.text("frame"),
        labels,
        overLabels(ask, labels),
        quantity,
        Population.of(basis),
        ask.many("site"),
        OverSites.valueOf(ask.word("sites", "pooled", "balanced").toUpperCase(Locale.ROOT)),
        period(ask));
  }

  /**
   * What is taken away: as the first, but for what is said of it. A day given drops the first's
   * days, a model its version, a label its way over labels.
   */
  static Wanted minus(Ask ask) {
    Set<String> without = new HashSet<>();
    if (PERIOD.stream().anyMatch(name -> ask.names(MINUS + name))) {
      without.addAll(PERIOD);
    }
    for (List<String> narrowing : List.of(MODEL, LABEL)) {
      narrowing.stream().dropWhile(name -> !ask.names(MINUS + name)).forEach(without::add);
    }
    return wanted(ask.other(MINUS, without));
  }

  private static OverLabels overLabels(Ask ask, Set<String> labels) {
    Optional<String> given = ask.text("labels");
    if (given.isPresent()) {
      return OverLabels.valueOf(ask.word("labels", "macro", "micro").toUpperCase(Locale.ROOT));
    }
    if (labels.isEmpty()) {
      throw Problem.parameter("label", "must be given; or labels, for every label");
    }
    if (labels.size() > 1) {
      throw Problem.parameter("labels", "must be macro or micro where several labels are given");
    }
    return OverLabels.ONE;
  }

  static ModelChoice model(Ask ask) {
    return new ModelChoice(ask.text("model"), ask.text("version"), ask.text("variant"));
  }

  /** One pane, or all from a day to another. */
  static Period period(Ask ask) {
    Optional<LocalDate> pane = ask.day("pane");
    if (pane.isPresent()) {
      if (ask.text("from").or(() -> ask.text("to")).isPresent()) {
        throw Problem.parameter("pane", "stands for one day, and not beside from or to");
      }
      return new Period(pane.get(), pane.get());
    }
    LocalDate from = ask.day("from").orElse(LocalDate.MIN);
    LocalDate to = ask.day("to").orElse(LocalDate.MAX);
    if (from.isAfter(to)) {
      throw Problem.parameter("to", "must not lie before from");
    }
    return new Period(from, to);
  }
}
