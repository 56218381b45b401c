package fovea.app.cli;

import fovea.app.ingest.Connection;
import fovea.app.ingest.Folder;
import fovea.app.ingest.Ingest;
import fovea.app.ingest.LabelsFile;
import fovea.app.wiring.Registries;
import fovea.wire.HttpSchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea ingest}: publishes a folder of images. */
@Command(name = "ingest", description = "Publish a folder of images, and wait for the answers.")
final class IngestCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ConnectionOptions connections = new ConnectionOptions();

  @Parameters(paramLabel = "DIR", description = "Folder; image ids are paths below it.")
  private Path directory = Path.of(".");

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "CSV: first column the path; subject, laterality, view, ... by column name.")
  private @Nullable Path labels;

  @Option(names = "--site", required = true, description = "Where the images were taken.")
  private String site = "";

  @Option(names = "--modality", required = true, description = "DICOM code: DX, OP, MG, ...")
  private String modality = "";

  @Option(names = "--acquired-at", description = "ISO instant (default: now); decides the day.")
  private @Nullable Instant acquiredAt;

  @Option(names = "--wait", description = "Return when every image has its answer.")
  private boolean wait;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "PT2M",
      description = "With --wait: give up when nothing arrives for this long (${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofMinutes(2);

  private final Surroundings surroundings;

  IngestCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Folder folder = folder();
    Connection connection = connections.connection(surroundings, common);
    Instant when = acquiredAt == null ? Instant.now() : acquiredAt;
    Ingest.Batch batch = new Ingest.Batch(site, modality, when);
    Ingest.Summary summary;
    try (HttpSchemaRegistry client = Registries.of(connection);
        Ingest ingest =
            new Ingest(connection, Registries.serdes(connection, client), batch, wait)) {
      summary = ingest.run(folder, patience, new ProgressBar(surroundings.terminal(), wait));
    }
    if (common.json) {
      surroundings.terminal().json(summary);
    } else {
      print(summary);
    }
    if (summary.unanswered() > 0) {
      throw new BrokenWorldException(
          "%d images have no answer, and none came for %s: is Fovea running?"
              .formatted(summary.unanswered(), patience));
    }
    boolean clean =
        summary.deadLetters() == 0 && summary.missing().isEmpty() && summary.tooLarge().isEmpty();
    return clean ? ExitCode.DONE : ExitCode.WITH_REJECTS;
  }

  private Folder folder() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new WrongUseException("not a folder: " + directory);
    }
    if (labels != null && !Files.isReadable(labels)) {
      throw new WrongUseException("--labels: cannot read " + labels);
    }
    try {
      Optional<LabelsFile> table =
          labels == null ? Optional.empty() : Optional.of(LabelsFile.read(labels));
      return Folder.read(directory, table);
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()));
    }
  }

  private void print(Ingest.Summary s) {
    Terminal terminal = surroundings.terminal();
    terminal.result("%,d images published".formatted(s.published()));
    if (wait) {
      terminal.result(
          "%,d explained, %,d dead letters%s, %,d unanswered"
              .formatted(
                  s.explained(),
                  s.deadLetters(),
                  s.reasons().isEmpty() ? "" : " " + s.reasons(),
                  s.unanswered()));
    }
    report("not listed or not an image by name, left out", s.skipped());
    report("listed, but not there", s.missing());
    report("too large to publish inline", s.tooLarge());
  }

  private void report(String what, List<String> files) {
    if (!files.isEmpty()) {
      surroundings
          .terminal()
          .result("%,d %s: %s%s".formatted(files.size(), what, files.getFirst(), more(files)));
    }
  }

  private static String more(List<String> files) {
    return files.size() > 1 ? ", ..." : "";
  }
}
