package fovea.query;

import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Quantity;
import fovea.core.map.MapQuery;
import fovea.core.map.Measure;
import fovea.core.map.ModelChoice;
import fovea.core.map.Period;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The parameters by which a map is asked for. */
final class MapParameters {
  static final List<String> NAMES =
      List.of(
          "model",
          "version",
          "variant",
          "frame",
          "label",
          "site",
          "basis",
          "quantity",
          "from",
          "to");

  private MapParameters() {}

  static List<String> and(String... more) {
    return Stream.concat(NAMES.stream(), Arrays.stream(more)).toList();
  }

  static MapQuery query(Ask ask) {
    String label = ask.text("label").orElseThrow(() -> Problem.parameter("label", "must be given"));
    Quantity quantity =
        Quantity.valueOf(
            ask.word(
                "quantity", "ATTENTION_MAX1", "EVIDENCE", "EVIDENCE_POSITIVE", "ATTENTION_MASS1"));
    Basis basis =
        Basis.valueOf(ask.word("basis", "ALL", "PREDICTED", "CONFIRMED", "TP", "FP", "FN", "TN"));
    return new MapQuery(
        model(ask),
        ask.text("frame"),
        new Measure(quantity, label, basis),
        ask.many("site"),
        period(ask));
  }

  static ModelChoice model(Ask ask) {
    return new ModelChoice(ask.text("model"), ask.text("version"), ask.text("variant"));
  }

  static Period period(Ask ask) {
    LocalDate from = ask.day("from").orElse(LocalDate.MIN);
    LocalDate to = ask.day("to").orElse(LocalDate.MAX);
    if (from.isAfter(to)) {
      throw Problem.parameter("to", "must not lie before from");
    }
    return new Period(from, to);
  }
}
