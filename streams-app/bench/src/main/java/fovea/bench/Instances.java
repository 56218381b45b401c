package fovea.bench;

import fovea.app.chaos.ApplicationProcess;
import fovea.app.ingest.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Aggregate in processes that are really killed, each with a disk of its own. Thread-confined. */
final class Instances implements AutoCloseable {
  /** What says which process a state directory belongs to: two never share it. */
  private static final String OWNER = "kafka-streams-process-metadata";

  private final Path work;
  private final Connection connection;
  private final Map<Integer, Process> running = new TreeMap<>();

  Instances(Path work, Connection connection) {
    this.work = work;
    this.connection = connection;
  }

  void start(int instance, int standbys) throws IOException {
    String prefix = connection.topics().prefix();
    Map<String, String> settings = new TreeMap<>();
    settings.put("kafka.bootstrap.servers", connection.bootstrapServers());
    settings.put("registry.url", connection.registry().getFirst().toString());
    settings.put("topics.prefix", prefix);
    settings.put("group.prefix", prefix);
    settings.put("apps", "aggregate");
    settings.put("instance.id", "instance-" + instance);
    settings.put("standby.replicas", Integer.toString(standbys));
    settings.put("state.dir", directory(instance).toString());
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
    Path log = work.resolve("instance-" + instance + ".log");
    running.put(
        instance,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** As kill -9 does. */
  void kill(int instance) throws InterruptedException {
    running(instance).destroyForcibly().waitFor();
  }

  /** Lets it commit and close. */
  void stop(int instance) throws InterruptedException {
    Process process = running(instance);
    process.destroy();
    process.waitFor();
  }

  /** Gives one that never ran what a stopped one has stored. */
  void copyDisk(int from, int to) throws IOException {
    try (Stream<Path> files = Files.walk(directory(from))) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().equals(OWNER)) {
          Files.copy(file, directory(to).resolve(directory(from).relativize(file)));
        }
      }
    }
  }

  void loseDisk(int instance) throws IOException {
    TemporaryFolder.delete(directory(instance));
  }

  private Process running(int instance) {
    return Objects.requireNonNull(running.get(instance), () -> instance + " was never started");
  }

  private Path directory(int instance) {
    return work.resolve("state-" + instance);
  }

  @Override
  public void close() {
    running.values().forEach(Process::destroyForcibly);
  }
}
