package fovea.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.app.chaos.proof.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed; and that the harness would say so if something were wrong. */
class ChaosIT {
  private static final Path ROOT = Path.of(System.getProperty("fovea.root", "../.."));

  @TempDir private Path work;

  @Test
  void whateverCrashesTheMapsAreExact() throws IOException, InterruptedException {
    Report report = run(5, 1, ApplicationProcess.class);

    assertThat(report.checks()).as(report.text()).allMatch(Check::passed).allMatch(Check::asked);
    assertThat(report.recoveries()).extracting(r -> r.fault().kind()).contains(FaultKind.values());
    assertThat(report.images().explained() + report.images().deadLetters())
        .isEqualTo(report.images().published());
    assertThat(report.images().deadLetters()).isPositive();
    assertThat(report.images().erasures()).isPositive();
  }

  @Test
  void atLeastOnceIsFoundOut() throws IOException, InterruptedException {
    Report report = run(0, 4, AtLeastOnceProcess.class);

    assertThat(report.passed()).as(report.text()).isFalse();
    assertThat(report.checks().getFirst().examples())
        .as(report.text())
        .anyMatch(example -> example.matches("input \\d+ has [2-9] explanations .*"));
  }

  @Test
  void aDifferenceAddedTwiceIsFoundOut() throws IOException, InterruptedException {
    Report report = run(0, 4, CountsTwiceProcess.class);

    List<Check> checks = report.checks();
    assertThat(checks.get(0).passed()).as(report.text()).isTrue();
    assertThat(checks.get(1).passed()).as(report.text()).isFalse();
    assertThat(checks.get(1).examples())
        .anyMatch(example -> example.matches(".* is n=\\d+ .*but should be n=\\d+ .*"));
  }

  private Report run(int faults, long seed, Class<?> main)
      throws IOException, InterruptedException {
    ChaosSpec spec =
        new ChaosSpec(
            faults,
            seed,
            Optional.empty(),
            ROOT.resolve("model-store/models"),
            "fundus-phantom",
            work,
            Instant.now());
    return new Chaos(spec, main.getName(), System.out::println).run();
  }
}
