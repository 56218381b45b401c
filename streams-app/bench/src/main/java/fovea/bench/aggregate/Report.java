package fovea.bench.aggregate;

import fovea.bench.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what was measured, as tables; the first candidate is what the others are held against. */
final class Report {
  private double base = Double.NaN;

  void roundsHead() {
    line(
        "| | CPU µs a label | × the first | broker's CPU µs a label | images/s | changelog bytes"
            + " an image |");
    line("|---|---|---|---|---|---|");
  }

  void rounds(Candidate candidate, List<Window> windows) {
    Spread cpu = Spread.of(windows, Window::cpuMicrosPerLabel);
    base = Double.isNaN(base) ? cpu.median() : base;
    line(
        "| %s | %s | %.1f | %s | %s | %s |",
        candidate.title(),
        cpu.text(1),
        cpu.median() / base,
        Spread.of(windows, Window::brokerMicrosPerLabel).text(1),
        Spread.of(windows, Window::rate).text(0),
        Spread.of(windows, Window::changelogBytes).text(0));
  }

  void pacedHead() {
    line("%n| at a steady rate | topic | bytes an image |");
    line("|---|---|---|");
  }

  void paced(Candidate candidate, Window window) {
    window.written().entrySet().stream()
        .filter(e -> e.getValue() > 0)
        .forEach(
            e ->
                line(
                    "| %s | %s | %,.0f |",
                    candidate.title(), e.getKey(), e.getValue() / (double) window.images()));
    if (candidate == Candidate.OURS) {
      double bytes =
          window.bytes("-contributions-changelog")
              + window.bytes("-deltas-repartition")
              + window.bytes(".explanations");
      line(
          "| %s | contribution + delta + explanation, by label | %,.0f |",
          candidate.title(), bytes / ExplanationSource.LABELS);
    }
  }

  void statesHead() {
    line("%n| | store | keys | bytes a key |");
    line("|---|---|---|---|");
  }

  void states(Candidate candidate, Map<String, StateBytes> stores) {
    stores.forEach(
        (store, state) ->
            line(
                "| %s | %s | %,d | %,.0f |",
                candidate.title(),
                store,
                state.keys(),
                state.keys() == 0 ? 0.0 : state.bytes() / (double) state.keys()));
  }

  private static void line(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
