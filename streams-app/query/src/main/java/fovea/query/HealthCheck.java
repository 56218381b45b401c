package fovea.query;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that must be well.
 *
 * @param name e.g. {@code score}
 * @param stage where it is asked
 * @param problem what is wrong; empty where nothing is; called from many threads, must be quick
 * @param detail what else a person wants to know, well or not; as often and as quick
 */
public record HealthCheck(
    String name,
    Stage stage,
    Supplier<Optional<String>> problem,
    Supplier<Optional<String>> detail) {

  /** Without a detail. */
  public HealthCheck(String name, Stage stage, Supplier<Optional<String>> problem) {
    this(name, stage, problem, Optional::empty);
  }

  /** Which question a check answers. */
  public enum Stage {
    /** Has it come up? */
    STARTED,
    /** Must it be restarted? */
    LIVE,
    /** May it be asked? */
    READY
  }
}
