package fovea.bench.aggregate;

import fovea.app.ingest.Connection;
import fovea.app.wiring.Registries;
import fovea.streams.application.StreamsSettings;
import fovea.wire.HttpSchemaRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A running application that is given images and looked at meanwhile. Thread-confined. */
final class Contender implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(10).toNanos();

  private final Connection connection;
  private final Process process;
  private final HttpSchemaRegistry registry;
  private final Publisher publisher;
  private final Admin admin;
  private final Drain drain;
  private final LogBytes logs;
  private final String group;

  Contender(Connection connection, Process process) {
    this.connection = connection;
    this.process = process;
    this.group = StreamsSettings.applicationId(connection.topics().prefix(), "aggregate");
    this.registry = Registries.of(connection);
    this.publisher = new Publisher(connection, registry);
    this.admin = Admin.create(connection.client(Map.of()));
    this.drain = new Drain(connection, admin, group);
    this.logs = new LogBytes(admin, connection.topics().prefix());
  }

  void awaitBegin() throws InterruptedException, ExecutionException {
    await(drain::begun);
    logs.keep();
  }

  /** All images at once: they are on the broker before the window begins. */
  Window burst(ExplanationSource source, int images)
      throws InterruptedException, ExecutionException {
    Map<String, Long> before = logs.now();
    publisher.hold(source, images);
    Start start = new Start();
    publisher.release();
    await(drain::done);
    return start.window(images, before);
  }

  /** {@code perSecond} images a second, in one transaction each second as score writes them. */
  Window paced(ExplanationSource source, int perSecond, int seconds)
      throws InterruptedException, ExecutionException {
    Map<String, Long> before = logs.now();
    Start start = new Start();
    for (int second = 1; second <= seconds; second++) {
      publisher.hold(source, perSecond);
      publisher.release();
      long left = Duration.ofSeconds(second).toNanos() - (System.nanoTime() - start.nanos);
      Thread.sleep(Duration.ofNanos(Math.max(0, left)));
    }
    await(drain::done);
    return start.window(perSecond * seconds, before);
  }

  /** What its stores hold, by name. */
  Map<String, StateBytes> states() throws InterruptedException, ExecutionException {
    Map<String, StateBytes> out = new TreeMap<>();
    for (String topic : logs.now().keySet()) {
      if (topic.endsWith("-changelog")) {
        String store = topic.substring(group.length() + 1, topic.length() - "-changelog".length());
        out.put(store, StateBytes.of(connection, topic));
      }
    }
    return out;
  }

  boolean alive() {
    return process.isAlive();
  }

  private void await(Condition condition) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      Thread.sleep(LOOK);
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException(group + " ended, or takes too long");
      }
    }
  }

  @Override
  public void close() {
    process.destroy();
    var _ = process.onExit().join();
    publisher.close();
    drain.close();
    admin.close();
    registry.close();
  }

  private interface Condition {
    boolean holds() throws InterruptedException, ExecutionException;
  }

  /** The moment a window begins. */
  private final class Start {
    private final long nanos = System.nanoTime();
    private final double cpu = millis(process.info());
    private final double broker = millis(ProcessHandle.current().info());

    Window window(int images, Map<String, Long> before)
        throws InterruptedException, ExecutionException {
      double seconds = (System.nanoTime() - nanos) / 1e9;
      return new Window(
          images,
          millis(process.info()) - cpu,
          millis(ProcessHandle.current().info()) - broker,
          seconds,
          Window.growth(before, logs.now()));
    }

    private static double millis(ProcessHandle.Info info) {
      return info.totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }
  }
}
