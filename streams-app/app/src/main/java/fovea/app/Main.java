package fovea.app;

import fovea.app.cli.CommandLineRunner;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts Fovea's command line and ends with its exit code. */
public final class Main {
  private Main() {}

  /** Runs one verb; see {@code ./fovea --help}. */
  public static void main(String[] args) {
    LoggerFactory.getILoggerFactory(); // Ready before the servers' own logging is led into it.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(new CommandLineRunner(System.out, System.err, System.getenv()).run(args));
  }
}
