package fovea.bench.aggregate;

import fovea.app.ingest.Connection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What one store holds, as its changelog tells.
 *
 * @param keys how many
 * @param bytes of all their values, not compressed
 */
record StateBytes(long keys, long bytes) {
  private static final Duration STEP = Duration.ofMillis(200);

  /** Reads a changelog from its beginning: the newest committed value of every key. */
  static StateBytes of(Connection connection, String changelog) {
    Map<ByteBuffer, Integer> sizes = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> reader = connection.reader()) {
      List<TopicPartition> partitions = Connection.partitions(reader, changelog);
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(STEP)) {
          ByteBuffer key = ByteBuffer.wrap(record.key());
          if (record.value() == null) {
            sizes.remove(key);
          } else {
            sizes.put(key, record.value().length);
          }
        }
      }
    }
    long bytes = sizes.values().stream().mapToLong(Integer::longValue).sum();
    return new StateBytes(sizes.size(), bytes);
  }
}
