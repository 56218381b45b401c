package fovea.bench;

import fovea.app.chaos.ApplicationProcess;
import fovea.app.ingest.Connection;
import fovea.app.wiring.EmbeddedServices;
import fovea.app.wiring.Registries;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.TopicCatalogue;
import fovea.wire.TopicPolicy;
import fovea.wire.TopicSpec;
import fovea.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * How long aggregate is away when it is killed: from kill -9 to the commit of explanations that
 * were written right after it, when it comes back with its disk, with an empty one, and when a
 * standby on another instance takes over instead.
 *
 * <p>The broker lives in this process and stays. Each case starts from nothing.
 */
@CommandLine.Command(name = "restore", mixinStandardHelpOptions = true)
public final class Restore implements Runnable {
  private static final int FURTHER = 100;

  @Option(names = "--contributions", defaultValue = "10000", description = "Before the kill.")
  private int contributions;

  @Option(names = "--rounds", defaultValue = "3", description = "Of each case.")
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
    Path work = Files.createTempDirectory("fovea-restore");
    System.out.println("| contributions | case | seconds from kill -9 to caught up |");
    System.out.println("|---|---|---|");
    try (EmbeddedServices services = EmbeddedServices.start(work.resolve("services"), 0)) {
      for (Case what : Case.values()) {
        List<String> seconds = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
          String prefix = what.name().toLowerCase(Locale.ROOT) + round;
          seconds.add(String.format(Locale.ROOT, "%.1f", seconds(services, work, prefix, what)));
        }
        System.out.printf(
            Locale.ROOT, "| %,d | %s | %s |%n", contributions, what, String.join(", ", seconds));
      }
    }
  }

  private double seconds(EmbeddedServices services, Path work, String prefix, Case what)
      throws IOException, InterruptedException, ExecutionException {
    Connection connection =
        new Connection(
            services.bootstrapServers(),
            List.of(services.registryUrl()),
            new Topics(prefix),
            Map.of(),
            Map.of(),
            Optional.empty());
    makeTopics(connection);
    List<Process> processes = new ArrayList<>();
    try (HttpSchemaRegistry registry = Registries.of(connection);
        Explanations explanations =
            new Explanations(connection, registry, TopicPolicy.DEFAULT_PARTITIONS);
        CatchUp catchUp = new CatchUp(connection)) {
      processes.add(start(connection, work, 0, what));
      if (what == Case.STANDBY) {
        processes.add(start(connection, work, 1, what));
      }
      explanations.write(contributions);
      catchUp.await();
      long killed = System.nanoTime();
      processes.getFirst().destroyForcibly().waitFor();
      explanations.write(FURTHER);
      if (what == Case.EMPTY_DISK) {
        delete(directory(work, prefix, 0));
      }
      if (what != Case.STANDBY) {
        processes.add(start(connection, work, 0, what));
      }
      catchUp.await();
      return (System.nanoTime() - killed) / 1e9;
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static void makeTopics(Connection connection)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(connection.client(Map.of()))) {
      List<TopicSpec> topics =
          new TopicCatalogue(connection.topics(), TopicPolicy.defaults()).all();
      admin.createTopics(topics.stream().map(TopicSpec::newTopic).toList()).all().get();
    }
  }

  private static Path directory(Path work, String prefix, int instance) {
    return work.resolve(prefix + "-" + instance);
  }

  private static Process start(Connection connection, Path work, int instance, Case what)
      throws IOException {
    String prefix = connection.topics().prefix();
    Map<String, String> settings = new TreeMap<>();
    settings.put("kafka.bootstrap.servers", connection.bootstrapServers());
    settings.put("registry.url", connection.registry().getFirst().toString());
    settings.put("topics.prefix", prefix);
    settings.put("group.prefix", prefix);
    settings.put("apps", "aggregate");
    settings.put("instance.id", "instance-" + instance);
    settings.put("standby.replicas", what == Case.STANDBY ? "1" : "0");
    settings.put("state.dir", directory(work, prefix, instance).toString());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ApplicationProcess.class.getName(),
                "run"));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(
                work.resolve(prefix + "-" + instance + ".log").toFile()))
        .start();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
