package fovea.bench.aggregate;

import fovea.app.ingest.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether an application has committed all explanations and all that it repartitioned of them.
 *
 * <p>Looks at offsets, and reads only where no more than the marks of transactions can be left:
 * reading all along would take the machine from what is measured.
 */
final class Drain implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int MARKS = 4;

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> reader;
  private final List<String> topics;
  private final String group;

  Drain(Connection connection, Admin admin, String group) {
    this.admin = admin;
    this.reader = connection.reader();
    this.group = group;
    // In the order of the flow: what the first has committed is all in the second.
    this.topics =
        List.of(connection.topics().explanations(), group + "-" + Rival.DELTAS + "-repartition");
  }

  /** Whether the application has made its repartition topic, so that it can be asked about. */
  boolean begun() throws InterruptedException, ExecutionException {
    return admin.listTopics().names().get().containsAll(topics);
  }

  boolean done() throws InterruptedException, ExecutionException {
    for (String topic : topics) {
      if (!done(topic)) {
        return false;
      }
    }
    return true;
  }

  private boolean done(String topic) throws InterruptedException, ExecutionException {
    List<TopicPartition> partitions = Connection.partitions(reader, topic);
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, Long> ends = ends(partitions, IsolationLevel.READ_COMMITTED);
    // A commit is acknowledged before it is marked in the log: until then its records are not seen.
    if (!ends.equals(ends(partitions, IsolationLevel.READ_UNCOMMITTED))) {
      return false;
    }
    for (var end : ends.entrySet()) {
      OffsetAndMetadata at = committed.get(end.getKey());
      long from = at == null ? 0 : at.offset();
      long left = end.getValue() - from;
      if (left > MARKS || (left > 0 && !onlyMarks(end.getKey(), from, end.getValue()))) {
        return false;
      }
    }
    return true;
  }

  private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel level)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (var end :
        admin.listOffsets(latest, new ListOffsetsOptions(level)).all().get().entrySet()) {
      ends.put(end.getKey(), end.getValue().offset());
    }
    return ends;
  }

  private boolean onlyMarks(TopicPartition partition, long from, long end) {
    reader.assign(List.of(partition));
    reader.seek(partition, from);
    while (reader.position(partition) < end) {
      if (!reader.poll(LOOK).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    reader.close();
  }
}
