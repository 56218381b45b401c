package fovea.bench.aggregate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what was measured, as tables. */
final class Report {

  void rounds(Map<Candidate, List<Window>> bursts) {
    line(
        "| | CPU µs a label | × ours | broker's CPU µs a label | images/s | changelog bytes an image |");
    line("|---|---|---|---|---|---|");
    List<Window> ours = bursts.getOrDefault(Candidate.OURS, bursts.values().iterator().next());
    double base = Spread.of(ours, Window::cpuMicrosPerLabel).median();
    bursts.forEach(
        (candidate, windows) -> {
          Spread cpu = Spread.of(windows, Window::cpuMicrosPerLabel);
          line(
              "| %s | %s | %.1f | %s | %s | %s |",
              candidate.title(),
              cpu.text(1),
              cpu.median() / base,
              Spread.of(windows, Window::brokerMicrosPerLabel).text(1),
              Spread.of(windows, Window::rate).text(0),
              Spread.of(windows, Window::changelogBytes).text(0));
        });
  }

  void paced(Map<Candidate, Window> paced) {
    line("%n| paced | topic | bytes an image |");
    line("|---|---|---|");
    paced.forEach(
        (candidate, window) ->
            window.written().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .forEach(
                    e ->
                        line(
                            "| %s | %s | %,.0f |",
                            candidate.title(),
                            e.getKey(),
                            e.getValue() / (double) window.images())));
    if (paced.get(Candidate.OURS) instanceof Window ours) {
      line(
          "%ncontribution + delta + explanation: %,.0f bytes an image and label",
          (ours.bytes("-contributions-changelog")
                  + ours.bytes("-deltas-repartition")
                  + ours.bytes(".explanations"))
              / ExplanationSource.LABELS);
    }
  }

  void states(Map<Candidate, Map<String, StateBytes>> states) {
    line("%n| | store | keys | bytes a key |");
    line("|---|---|---|---|");
    states.forEach(
        (candidate, stores) ->
            stores.forEach(
                (store, state) ->
                    line(
                        "| %s | %s | %,d | %,.0f |",
                        candidate.title(),
                        store,
                        state.keys(),
                        state.keys() == 0 ? 0 : state.bytes() / (double) state.keys())));
  }

  private static void line(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
