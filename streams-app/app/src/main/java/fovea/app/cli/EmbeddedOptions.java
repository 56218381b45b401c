package fovea.app.cli;

import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.app.wiring.EmbeddedServices;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the embedded default keeps its data, and where it listens. */
final class EmbeddedOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "D",
      description = "Data of broker, registry and stores; a second start continues it.")
  @Nullable Path dataDir;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "P",
      description =
          "Port of page and API (default: 8080). Embedded: Kafka at P+1, registry at P+3.")
  @Nullable Integer port;

  Path directory(Path fallback) {
    return dataDir == null ? fallback : dataDir;
  }

  Settings port(Settings settings) {
    return port == null
        ? settings
        : settings.with("http.port", String.valueOf(port), "option --port");
  }

  /** The tree with the embedded services' addresses in it. */
  FoveaConfig config(
      Settings settings, EmbeddedServices services, Path directory, Surroundings surroundings) {
    Settings own =
        settings
            .with("kafka.bootstrap.servers", services.bootstrapServers(), "embedded")
            .with("registry.url", services.registryUrl().toString(), "embedded")
            .with("topics.replication", "1", "embedded")
            .with("state.dir", directory.resolve("state").toString(), "embedded");
    return ConfigOptions.config(own, surroundings);
  }
}
