package fovea.app.cli;

import fovea.app.erase.Erase;
import fovea.app.ingest.Connection;
import fovea.app.wiring.Registries;
import fovea.schema.Certificate;
import fovea.schema.Erasure;
import fovea.schema.Removal;
import fovea.wire.HttpSchemaRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea erase}: takes a person, or one image of a person, out of everything. */
@Command(
    name = "erase",
    description = "Erase a subject, or one image of a subject, and print the certificates.")
final class EraseCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ConnectionOptions connections = new ConnectionOptions();

  @Option(names = "--subject", required = true, description = "The pseudonym.")
  private String subject = "";

  @Option(names = "--image", description = "Only this image (a wrong-patient correction).")
  private @Nullable String image;

  @Option(
      names = "--effective-at",
      description = "ISO instant (default: now); images ingested up to it are erased.")
  private @Nullable Instant effectiveAt;

  @Option(names = "--request-id", description = "Your reference (default: a random one).")
  private @Nullable String requestId;

  @Option(names = "--wait", description = "Return when every stage has certified.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "PT1M",
      description = "With --wait: give up after this long (${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofMinutes(1);

  private final Surroundings surroundings;

  EraseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What came of it. */
  record Answer(String requestId, String effectiveAt, List<Line> removed, List<String> missing) {}

  /** One place; records and the latest date of traces as the certificate has them. */
  record Line(
      String stage,
      String place,
      long records,
      @Nullable String tracesUntil,
      @Nullable String note) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Erasure erasure = erasure();
    Connection connection = connections.connection(surroundings, common);
    Erase.Result result;
    try (HttpSchemaRegistry registry = Registries.of(connection)) {
      Erase erase = new Erase(connection, registry);
      result = wait ? erase.publishAndWait(erasure, timeout) : published(erase, erasure);
    }
    Answer answer =
        new Answer(
            erasure.getRequestId(),
            erasure.getEffectiveAt().toString(),
            lines(result.certificates()),
            result.missing());
    if (common.json) {
      surroundings.terminal().json(answer);
    } else {
      print(answer);
    }
    if (!result.missing().isEmpty()) {
      throw new BrokenWorldException(
          "no certificate of %s within %s: is aggregate running?"
              .formatted(String.join(", ", result.missing()), timeout));
    }
    return ExitCode.DONE;
  }

  private Erasure erasure() {
    if (subject.isBlank() || (image != null && image.isBlank())) {
      throw new WrongUseException("--subject and --image must not be blank");
    }
    // To the millisecond, as records hold it.
    Instant moment = effectiveAt == null ? Instant.now() : effectiveAt;
    return Erasure.newBuilder()
        .setSubjectId(subject)
        .setImageId(image)
        .setEffectiveAt(Instant.ofEpochMilli(moment.toEpochMilli()))
        .setRequestId(requestId == null ? UUID.randomUUID().toString() : requestId)
        .build();
  }

  private static Erase.Result published(Erase erase, Erasure erasure) throws InterruptedException {
    erase.publish(erasure);
    return new Erase.Result(List.of(), List.of());
  }

  private static List<Line> lines(List<Certificate> certificates) {
    List<Line> lines = new ArrayList<>();
    for (Certificate certificate : certificates) {
      for (Removal one : certificate.getRemoved()) {
        Instant until = one.getTracesUntil();
        lines.add(
            new Line(
                certificate.getStage(),
                one.getPlace(),
                one.getRecords(),
                until == null ? null : until.toString(),
                one.getNote()));
      }
    }
    return lines;
  }

  private void print(Answer answer) {
    Terminal terminal = surroundings.terminal();
    terminal.result("Request %s, effective %s".formatted(answer.requestId(), answer.effectiveAt()));
    if (!answer.removed().isEmpty()) {
      terminal.result(
          "%-10s  %-44s  %7s  %-24s  %s"
              .formatted("STAGE", "PLACE", "REMOVED", "TRACES UNTIL", "NOTE"));
    }
    for (Line line : answer.removed()) {
      terminal.result(
          "%-10s  %-44s  %7d  %-24s  %s"
              .formatted(
                  line.stage(),
                  line.place(),
                  line.records(),
                  line.tracesUntil() == null ? "" : line.tracesUntil(),
                  line.note() == null ? "" : line.note()));
    }
  }
}
