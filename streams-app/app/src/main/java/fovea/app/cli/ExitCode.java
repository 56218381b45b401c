package fovea.app.cli;

/** How a verb ends. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** Finished, with rejects or a failed check. */
  static final int WITH_REJECTS = 1;

  /** Wrong use: an unknown option, a value that cannot be used. */
  static final int WRONG_USE = 2;

  /** The world is broken: no broker, no disk, a port that is taken. */
  static final int BROKEN = 3;

  private ExitCode() {}
}
