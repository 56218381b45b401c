package fovea.app.chaos;

import fovea.app.chaos.proof.Ledger;
import fovea.app.ingest.Connection;
import fovea.wire.TopicPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** One stream of images under a prefix of its own, and the applications that work on it. */
final class Programme implements AutoCloseable {
  private static final long STEP_MILLIS = 150;
  private static final Duration EMISSION = Duration.ofSeconds(30);

  private final Connection connection;
  private final Feed feed;
  private final Watch watch;
  private final Instances instances;
  private Position position = Position.NOTHING;

  Programme(Connection connection, Feed feed, Instances instances) {
    this.connection = connection;
    this.feed = feed;
    this.instances = instances;
    this.watch =
        new Watch(connection, connection.topics().prefix(), TopicPolicy.DEFAULT_PARTITIONS);
  }

  Connection connection() {
    return connection;
  }

  String prefix() {
    return connection.topics().prefix();
  }

  Feed feed() {
    return feed;
  }

  Watch watch() {
    return watch;
  }

  Instances instances() {
    return instances;
  }

  /** How far it was when the broker last answered. */
  Position position() {
    return position;
  }

  /** Lets a moment pass, starts again what ended by itself, and looks. */
  void step() throws IOException, InterruptedException {
    Thread.sleep(STEP_MILLIS);
    instances.supervise();
    Optional<Position> now = watch.look();
    now.ifPresent(seen -> position = seen);
  }

  /** Waits until everything published is scored, aggregated and emitted, then stops cleanly. */
  void drain(Duration patience) throws IOException, InterruptedException {
    feed.flush();
    Deadline deadline = new Deadline(patience, "end of " + prefix());
    while (position.images() < feed.published()) {
      step();
      deadline.check(position);
    }
    try (Ledger ledger = new Ledger(connection)) {
      for (String topic : topics()) {
        Map<TopicPartition, Long> until = ledger.ends(topic);
        while (!position.aggregatedAll(until)) {
          step();
          deadline.check(position);
        }
      }
      // Where readers never come to see what is stored, the comparison says so.
      long start = System.nanoTime();
      while (!ledger.stored().differences(ledger.emitted()).isEmpty()
          && System.nanoTime() - start < EMISSION.toNanos()) {
        step();
      }
    }
    instances.stopAll();
  }

  /** What aggregate reads, each behind those that lead to it. */
  private List<String> topics() {
    return List.of(
        connection.topics().erasures(),
        prefix() + "-aggregate-erasures-repartition",
        connection.topics().outcomes(),
        prefix() + "-aggregate-outcomes-repartition",
        connection.topics().explanations(),
        prefix() + "-aggregate-deltas-repartition");
  }

  @Override
  public void close() {
    instances.close();
    feed.close();
    watch.close();
  }
}
