package fovea.app.cli;

import fovea.app.config.Catalogue;
import fovea.app.config.Setting;
import fovea.app.config.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea config}: every setting with its value and where it came from. */
@Command(name = "config", description = "Print every setting with its value and source.")
final class ConfigCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();
  private final Surroundings surroundings;

  ConfigCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** One line of the answer. */
  record Line(String key, String value, String source, String environment, String meaning) {}

  @Override
  public Integer call() throws IOException {
    Settings settings = config.settings(surroundings, common);
    ConfigOptions.config(settings, surroundings);
    List<Line> lines = new ArrayList<>();
    for (Setting s : Catalogue.settings()) {
      Settings.Value value = settings.value(s);
      String shown = s.secret() && !value.source().equals("default") ? "***" : value.text();
      lines.add(new Line(s.key(), shown, value.source(), s.variable(), s.meaning()));
    }
    settings
        .passedThrough()
        .forEach((key, value) -> lines.add(new Line(key, "***", value.source(), "", "Handed on.")));
    if (common.json) {
      surroundings.terminal().json(lines);
    } else {
      lines.forEach(this::print);
    }
    return ExitCode.DONE;
  }

  private void print(Line line) {
    surroundings
        .terminal()
        .result(
            "# %s%n%s: %s   (%s)"
                .formatted(
                    line.meaning(),
                    line.key(),
                    line.value().isEmpty() ? "\"\"" : line.value(),
                    line.source()));
  }
}
