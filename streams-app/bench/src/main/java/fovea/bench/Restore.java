package fovea.bench;

import fovea.app.ingest.Connection;
import fovea.app.wiring.EmbeddedServices;
import fovea.app.wiring.Registries;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.TopicCatalogue;
import fovea.wire.TopicPolicy;
import fovea.wire.TopicSpec;
import fovea.wire.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * How long aggregate is away when it is killed: from kill -9 to the commit of explanations that
 * were written right after it, when it comes back with its disk, with an empty one, and when a
 * standby on another instance takes over instead.
 *
 * <p>The broker lives in this process and stays. All cases begin with the same contributions. The
 * standby begins with a copy of the first one's disk, as after it has long run beside it.
 */
@CommandLine.Command(name = "restore", mixinStandardHelpOptions = true)
public final class Restore implements Runnable {
  private static final int FURTHER = 100;
  private static final int STEP = 20_000;

  @Option(names = "--contributions", defaultValue = "10000", description = "Before the kill.")
  private int contributions;

  @Option(names = "--labels", defaultValue = "2", description = "Of each contribution.")
  private int labels;

  @Option(names = "--rounds", defaultValue = "3", description = "Of each case but the last.")
  private int rounds;

  private enum Case {
    WITH_DISK,
    EMPTY_DISK,
    STANDBY
  }

  /** Prints rows for RESULTS.md. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Restore()).execute(args));
  }

  @Override
  public void run() {
    try {
      measure();
    } catch (IOException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure() throws IOException, InterruptedException, ExecutionException {
    try (TemporaryFolder work = TemporaryFolder.create("fovea-restore");
        EmbeddedServices services = EmbeddedServices.start(work.path().resolve("services"), 0)) {
      Connection connection =
          new Connection(
              services.bootstrapServers(),
              List.of(services.registryUrl()),
              new Topics("restore"),
              Map.of(),
              Map.of(),
              Optional.empty());
      makeTopics(connection);
      try (HttpSchemaRegistry registry = Registries.of(connection);
          Explanations explanations =
              new Explanations(connection, registry, TopicPolicy.DEFAULT_PARTITIONS, labels);
          CatchUp catchUp = new CatchUp(connection);
          Instances instances = new Instances(work.path(), connection)) {
        measure(explanations, catchUp, instances);
      }
    }
  }

  private void measure(Explanations explanations, CatchUp catchUp, Instances instances)
      throws IOException, InterruptedException, ExecutionException {
    instances.start(0, 0);
    for (int written = 0; written < contributions; written += STEP) {
      explanations.write(Math.min(STEP, contributions - written));
      catchUp.await();
    }
    System.out.println("| contributions | labels of each | case | seconds from kill -9 on |");
    System.out.println("|---|---|---|---|");
    for (Case what : Case.values()) {
      List<String> seconds = new ArrayList<>();
      for (int round = 0; round < (what == Case.STANDBY ? 1 : rounds); round++) {
        seconds.add(
            String.format(Locale.ROOT, "%.1f", seconds(what, explanations, catchUp, instances)));
      }
      System.out.printf(
          Locale.ROOT,
          "| %,d | %d | %s | %s |%n",
          contributions,
          labels,
          what,
          String.join(", ", seconds));
    }
  }

  private static double seconds(
      Case what, Explanations explanations, CatchUp catchUp, Instances instances)
      throws IOException, InterruptedException, ExecutionException {
    if (what == Case.STANDBY) {
      instances.stop(0);
      instances.copyDisk(0, 1);
      instances.start(0, 1);
      instances.start(1, 1);
      explanations.write(FURTHER);
      catchUp.await();
    }
    long killed = System.nanoTime();
    instances.kill(0);
    explanations.write(FURTHER);
    if (what == Case.EMPTY_DISK) {
      instances.loseDisk(0);
    }
    if (what != Case.STANDBY) {
      instances.start(0, 0);
    }
    catchUp.await();
    return (System.nanoTime() - killed) / 1e9;
  }

  private static void makeTopics(Connection connection)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(connection.client(Map.of()))) {
      List<TopicSpec> topics =
          new TopicCatalogue(connection.topics(), TopicPolicy.defaults()).all();
      admin.createTopics(topics.stream().map(TopicSpec::newTopic).toList()).all().get();
    }
  }
}
