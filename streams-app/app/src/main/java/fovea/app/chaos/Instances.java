package fovea.app.chaos;

import fovea.app.ingest.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The application processes of a programme, each score and aggregate where the settings name no
 * others, with a directory and a static membership of its own. One that ends by itself is started
 * again, as an operator's supervisor does.
 */
final class Instances implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
  private static final int MOST_ENDS = 100;

  private final Path work;
  private final List<Child> children = new ArrayList<>();
  private final List<Boolean> held = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();

  /**
   * How they are started.
   *
   * @param main the class with their main method
   * @param count how many
   * @param threads of score in each
   * @param settings what all have, beside what is each one's own
   */
  record Start(String main, int count, int threads, Map<String, String> settings) {
    Start(String main, int count, int threads) {
      this(main, count, threads, Map.of());
    }

    Start with(Map<String, String> settings) {
      return new Start(main, count, threads, settings);
    }
  }

  Instances(Path work, Connection connection, Start start) throws IOException {
    this.work = work;
    for (int i = 0; i < start.count(); i++) {
      children.add(
          new Child(
              JavaCommand.application(start.main(), settings(i, connection, start)),
              work.resolve("logs")
                  .resolve(connection.topics().prefix() + "-application-" + i + ".log")));
      held.add(false);
    }
  }

  private Map<String, String> settings(int instance, Connection connection, Start start) {
    String prefix = connection.topics().prefix();
    Map<String, String> settings = new TreeMap<>(start.settings());
    settings.put("kafka.bootstrap.servers", connection.bootstrapServers());
    settings.put("registry.url", connection.registry().getFirst().toString());
    settings.put("topics.prefix", prefix);
    settings.put("group.prefix", prefix);
    settings.putIfAbsent("apps", "score,aggregate");
    settings.put("instance.id", id(instance));
    settings.put("state.dir", directory(prefix, instance).toString());
    settings.put("score.threads", String.valueOf(start.threads()));
    return settings;
  }

  static String id(int instance) {
    return "application-" + instance;
  }

  private Path directory(String prefix, int instance) {
    return work.resolve("state").resolve(prefix).resolve(id(instance));
  }

  void kill(int instance) throws InterruptedException {
    children.get(instance).kill();
  }

  /** Stops cleanly, and stays down until it is started. */
  void stop(int instance) throws InterruptedException {
    held.set(instance, true);
    if (!children.get(instance).stop(STOP_PATIENCE)) {
      ends.add(id(instance) + " did not stop in " + STOP_PATIENCE);
    }
  }

  void start(int instance) throws IOException {
    held.set(instance, false);
    children.get(instance).start();
  }

  /** Deletes all that a stopped instance has on disk. */
  void loseDisk(String prefix, int instance) throws IOException {
    Path directory = directory(prefix, instance);
    if (!Files.exists(directory)) {
      return; // Killed before it had come to make one.
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Starts those again that are down and should not be. */
  void supervise() throws IOException {
    for (int i = 0; i < children.size(); i++) {
      if (!held.get(i) && !children.get(i).alive()) {
        ends.add("%s ended by itself with %d".formatted(id(i), children.get(i).exitCode()));
        if (ends.size() > MOST_ENDS) {
          throw new IllegalStateException("the applications end again and again: " + ends);
        }
        children.get(i).start();
      }
    }
  }

  /** What ended without being told to. */
  List<String> ends() {
    return List.copyOf(ends);
  }

  /** Stops all of them cleanly. */
  void stopAll() throws InterruptedException {
    for (int i = 0; i < children.size(); i++) {
      stop(i);
    }
  }

  @Override
  public void close() {
    children.forEach(Child::close);
  }
}
