package fovea.app.cli;

import fovea.app.chaos.Chaos;
import fovea.app.chaos.ChaosSpec;
import fovea.app.chaos.Plan;
import fovea.app.chaos.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea chaos}: kills what can be killed, and asks whether the maps are still exact. */
@Command(
    name = "chaos",
    description = {
      "Kill brokers and applications while they work, then prove that nothing was lost or counted",
      "twice. Starts processes of its own and touches no other."
    })
final class ChaosCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--faults",
      paramLabel = "N",
      defaultValue = "15",
      description = "How many faults (default: ${DEFAULT-VALUE}).")
  private int faults = 15;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Fixes which faults, when and to whom (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "Take images from here, with its labels.csv (default: the phantom's).")
  private @Nullable Path images;

  @Option(
      names = "--model",
      paramLabel = "ID",
      defaultValue = "fundus-phantom",
      description = "The model that serves (default: ${DEFAULT-VALUE}).")
  private String model = "fundus-phantom";

  @Option(
      names = "--work",
      paramLabel = "D",
      description = "An empty folder for all it writes; kept. Otherwise kept if a check fails.")
  private @Nullable Path work;

  private final Surroundings surroundings;

  ChaosCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Terminal terminal = surroundings.terminal();
    ChaosSpec spec = spec();
    Chaos.failoverSettings()
        .forEach((key, value) -> terminal.note("fast failover: %s=%s".formatted(key, value)));
    terminal.note("plan of seed %d: %s".formatted(seed, Plan.of(faults, seed).text()));
    terminal.note("writes to " + spec.work());
    long start = System.nanoTime();
    Report report =
        new Chaos(
                spec,
                line ->
                    terminal.note("%5.0f s  %s".formatted((System.nanoTime() - start) / 1e9, line)))
            .run();
    if (report.passed() && work == null) {
      delete(spec.work());
    } else {
      report = report.keptAt(spec.work());
      Files.writeString(spec.work().resolve("report.txt"), report.text());
    }
    if (common.json) {
      terminal.json(report);
    } else {
      terminal.result(report.text());
    }
    return report.passed() ? ExitCode.DONE : ExitCode.WITH_REJECTS;
  }

  private ChaosSpec spec() throws IOException {
    try {
      return new ChaosSpec(
          faults,
          seed,
          Optional.ofNullable(images),
          ModelsCommand.store(common, surroundings),
          model,
          work == null ? Files.createTempDirectory("fovea-chaos-") : emptyFolder(work),
          Instant.now());
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()));
    }
  }

  private static Path emptyFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw new WrongUseException("--work: " + folder + " is not empty");
      }
    }
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
