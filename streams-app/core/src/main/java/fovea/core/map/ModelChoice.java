package fovea.core.map;

import java.util.Optional;

/**
 * Which model a reader means; what is left open is chosen where the choice is plain.
 *
 * @param id model id; empty where only one is there
 * @param version empty for the newest that serves
 * @param variant empty where the version ran in one variant only
 */
public record ModelChoice(Optional<String> id, Optional<String> version, Optional<String> variant) {

  /** Leaves everything open. */
  public static ModelChoice open() {
    return new ModelChoice(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
