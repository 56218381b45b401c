package fovea.app.cli;

import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where settings come from: a file, the environment, and {@code --set}. */
final class ConfigOptions {
  @Option(names = "--config", paramLabel = "FILE", description = "Settings as YAML.")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; wins over file and environment.")
  Map<String, String> set = new TreeMap<>();

  /** Defaults, file, environment, options: the later wins. */
  Settings settings(Surroundings surroundings, CommonOptions common) throws IOException {
    Settings settings = Settings.defaults();
    if (file != null) {
      if (!Files.isReadable(file)) {
        throw new WrongUseException("--config: cannot read " + file);
      }
      settings = settings.withFile(file);
    }
    settings = settings.withEnvironment(surroundings.environment());
    for (Map.Entry<String, String> entry : set.entrySet()) {
      settings = settings.with(entry.getKey(), entry.getValue(), "option --set");
    }
    if (common.modelStore != null) {
      settings =
          settings.with("models.store", common.modelStore.toString(), "option --model-store");
    }
    return settings;
  }

  static FoveaConfig config(Settings settings, Surroundings surroundings) {
    return FoveaConfig.of(settings, surroundings.home());
  }
}
