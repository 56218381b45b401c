package fovea.app.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a verb sees of the world: where to write, the environment, and the project's folder.
 *
 * @param terminal where it writes
 * @param environment the process's variables
 */
record Surroundings(Terminal terminal, Map<String, String> environment) {

  /** The folder with the project's own models: {@code FOVEA_HOME}, which the launcher sets. */
  Path home() {
    return Path.of(environment.getOrDefault("FOVEA_HOME", "."));
  }
}
