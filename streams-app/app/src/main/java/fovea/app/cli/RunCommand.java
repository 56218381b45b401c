package fovea.app.cli;

import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.app.wiring.EmbeddedServices;
import fovea.app.wiring.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea run}: the applications, against the user's Kafka or with all of it embedded. */
@Command(name = "run", description = "Run Fovea against your Kafka, or with an embedded one.")
final class RunCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();
  @Mixin private EmbeddedOptions embedded = new EmbeddedOptions();

  @Option(names = "--embedded", description = "Start a broker and a registry in this process.")
  private boolean embed;

  @Option(
      names = "--model",
      paramLabel = "ID",
      arity = "1..*",
      description = "Serve only these, as ID or ID:VERSION.")
  private List<String> models = List.of();

  @Option(names = "--for", paramLabel = "DURATION", description = "Stop after this long.")
  private @Nullable Duration duration;

  private final Surroundings surroundings;

  RunCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = config.settings(surroundings, common);
    if (!models.isEmpty()) {
      settings = settings.with("models.serve", String.join(",", models), "option --model");
    }
    settings = embedded.port(settings);
    try (Lifetime lifetime = new Lifetime()) {
      if (embed) {
        return runEmbedded(settings, lifetime);
      }
      return run(ConfigOptions.config(settings, surroundings), lifetime);
    }
  }

  private int runEmbedded(Settings settings, Lifetime lifetime)
      throws IOException, InterruptedException {
    Path directory = embedded.directory(Path.of("fovea-data/run"));
    int port = ConfigOptions.config(settings, surroundings).http().port();
    try (EmbeddedServices services = EmbeddedServices.start(directory, port + 1)) {
      return run(embedded.config(settings, services, directory, surroundings), lifetime);
    }
  }

  private int run(FoveaConfig fovea, Lifetime lifetime) throws IOException, InterruptedException {
    try (Instance instance = Instance.start(fovea)) {
      Terminal terminal = surroundings.terminal();
      if (common.json) {
        terminal.json(instance.facts());
      } else {
        terminal.result(instance.facts().text());
      }
      Duration left = Optional.ofNullable(duration).orElse(Duration.ofDays(36_500));
      StatusLine status = new StatusLine(terminal, instance);
      while (!left.isNegative() && !lifetime.stopped(StatusLine.INTERVAL)) {
        left = left.minus(StatusLine.INTERVAL);
        status.show();
        instance.failure().ifPresent(RunCommand::rethrow);
      }
    }
    return ExitCode.DONE;
  }

  private static void rethrow(Throwable failure) {
    throw new BrokenWorldException("an application stopped: " + failure.getMessage(), failure);
  }
}
