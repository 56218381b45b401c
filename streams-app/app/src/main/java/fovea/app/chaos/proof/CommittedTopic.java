package fovea.app.chaos.proof;

import fovea.app.ingest.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * All committed records of a topic, by a plain consumer that goes on where it was. Thread-confined.
 */
final class CommittedTopic implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);
  private static final int QUIET_STEPS = 300;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> behindLast = new HashMap<>();

  CommittedTopic(Connection connection, String topic) {
    this.consumer = connection.reader();
    this.partitions = Connection.partitions(consumer, topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Hands over what was committed since the last time. */
  void read(Consumer<ConsumerRecord<byte[], byte[]>> to) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    int quiet = 0;
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      int seen = 0;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STEP)) {
        behindLast.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        to.accept(record);
        seen++;
      }
      quiet = seen > 0 ? 0 : quiet + 1;
      if (quiet > QUIET_STEPS) {
        throw new TimeoutException("the records of " + partitions + " do not come");
      }
    }
  }

  /** Behind the last record that was handed over, by partition; without those that had none. */
  Map<TopicPartition, Long> behindLast() {
    return Map.copyOf(behindLast);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
