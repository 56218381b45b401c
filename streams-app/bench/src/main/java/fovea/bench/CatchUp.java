package fovea.bench;

import fovea.app.ingest.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Whether aggregate has committed all explanations and all differences that came of them. */
final class CatchUp implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(20).toNanos();

  private final Connection connection;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> reader;
  private final String group;

  CatchUp(Connection connection) {
    this.connection = connection;
    this.admin = Admin.create(connection.client(Map.of()));
    this.reader = connection.reader();
    this.group = connection.topics().prefix() + "-aggregate";
  }

  void await() throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    while (!(caughtUp(connection.topics().explanations())
        && caughtUp(group + "-deltas-repartition"))) {
      Thread.sleep(STEP);
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new TimeoutException("aggregate does not catch up");
      }
    }
  }

  /** No committed record lies behind what the group has committed. */
  private boolean caughtUp(String topic) throws InterruptedException, ExecutionException {
    if (!admin.listTopics().names().get().contains(topic)) {
      return false;
    }
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    List<TopicPartition> partitions = new ArrayList<>(Connection.partitions(reader, topic));
    reader.assign(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata at = committed.get(partition);
      reader.seek(partition, at == null ? 0 : at.offset());
    }
    Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
      if (!reader.poll(STEP).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    admin.close();
    reader.close();
  }
}
