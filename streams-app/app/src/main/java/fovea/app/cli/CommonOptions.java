package fovea.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every verb takes. */
final class CommonOptions {
  @Option(names = "--json", description = "Print one JSON document on standard output.")
  boolean json;

  @Option(
      names = "--model-store",
      paramLabel = "DIR",
      description = "Folder of models (default: the project's own).")
  @Nullable Path modelStore;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
