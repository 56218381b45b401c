package fovea.app;

import fovea.app.cli.CommandLineRunner;

/** Starts Fovea's command line and ends with its exit code. */
public final class Main {
  private Main() {}

  /** Runs one verb; see {@code ./fovea --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLineRunner(System.out, System.err, System.getenv()).run(args));
  }
}
