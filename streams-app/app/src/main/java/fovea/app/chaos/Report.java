package fovea.app.chaos;

import fovea.app.chaos.proof.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param seed of the plan
 * @param model what ran, {@code id/version}
 * @param images published, explained, refused as dead letters, erased
 * @param recoveries every fault, in the order of recovery
 * @param ends applications that ended without being told to
 * @param checks what must hold
 * @param digest SHA-256 of every key's state
 * @param seconds the whole run
 * @param kept where all that the run wrote lies, if it is kept
 * @param settings those that let work go on soon after a crash
 */
public record Report(
    long seed,
    String model,
    Images images,
    List<Recovery> recoveries,
    List<String> ends,
    List<Check> checks,
    String digest,
    double seconds,
    Optional<Path> kept,
    Map<String, String> settings) {

  /** How many images came to what, and how often some of them were to be forgotten. */
  public record Images(int published, int explained, int deadLetters, int erasures, int keys) {}

  public Report {
    recoveries = List.copyOf(recoveries);
    ends = List.copyOf(ends);
    checks = List.copyOf(checks);
    settings = Map.copyOf(settings);
  }

  /** Whether every check holds. */
  public boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }

  /** The same, saying where everything lies. */
  public Report keptAt(Path work) {
    return new Report(
        seed,
        model,
        images,
        recoveries,
        ends,
        checks,
        digest,
        seconds,
        Optional.of(work),
        settings);
  }

  /** For a person: the faults, the checks, the verdict. */
  public String text() {
    StringBuilder out = new StringBuilder();
    row(out, "", "fault", "what", "at image", "waiting", "seconds");
    for (Recovery r : recoveries) {
      Fault f = r.fault();
      row(
          out,
          f.number() + (f.overlapping() ? "~" : " "),
          f.kind().words(),
          f.victim(),
          String.valueOf(r.images()),
          String.valueOf(r.waiting()),
          String.format(Locale.ROOT, "%.1f", r.seconds()));
    }
    ends.forEach(end -> line(out, end));
    line(
        out,
        "%,d images: %,d explanations, %,d dead letters, %,d erasures; %,d keys, SHA-256 %s"
            .formatted(
                images.published(),
                images.explained(),
                images.deadLetters(),
                images.erasures(),
                images.keys(),
                digest));
    checks.forEach(check -> line(out, text(check)));
    kept.ifPresent(work -> line(out, "everything it wrote is in " + work));
    return out.append(String.format(Locale.ROOT, "%s in %.0f s", verdict(), seconds)).toString();
  }

  private String verdict() {
    return passed() ? "exact: every check holds" : "NOT EXACT";
  }

  private static String text(Check check) {
    String mark = !check.asked() ? "  --  " : check.passed() ? "  ok  " : "FAILED ";
    String faults = check.passed() ? "" : ": " + check.faults() + " differ";
    StringBuilder out = new StringBuilder(mark).append(check.name()).append(faults);
    check.examples().forEach(example -> out.append("\n         ").append(example));
    return out.toString();
  }

  private static void row(StringBuilder out, Object... cells) {
    line(out, String.format(Locale.ROOT, "%5s %-26s %-14s %9s %8s %9s", cells));
  }

  private static void line(StringBuilder out, String text) {
    out.append(text).append('\n');
  }
}
