package fovea.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Begins to score records that were polled and whose turn has not come, so that the engine has work
 * while results are written and committed, and batches have what to hold. Thread-safe.
 *
 * <p>Nothing leaves from here: scoring is a pure function, and the task takes the result when it
 * comes to the record, or scores it itself. So exactly-once and the order per key need nothing
 * special. Per partition at most {@code depth} records are begun and not taken: their tensors and
 * what is kept of them bound the memory.
 */
final class LookAhead {
  private final int depth;
  private final Scorers scorers;
  private final Map<TopicPartition, PartitionAhead> partitions = new ConcurrentHashMap<>();
  private final Counter hits;
  private final Counter misses;

  /**
   * @param depth records begun per partition; 0 for none
   */
  LookAhead(int depth, Scorers scorers, MeterRegistry meters) {
    this.depth = depth;
    this.scorers = scorers;
    this.hits = counter("hit", meters);
    this.misses = counter("miss", meters);
  }

  private static Counter counter(String result, MeterRegistry meters) {
    return Counter.builder("fovea.lookahead")
        .description("Images that were begun before their turn (hit), or not (miss).")
        .tag("result", result)
        .register(meters);
  }

  /** A record that was polled, in its partition's order. */
  void offer(ConsumerRecord<byte[], byte[]> record) {
    if (depth > 0) {
      partitions
          .computeIfAbsent(
              new TopicPartition(record.topic(), record.partition()),
              p -> new PartitionAhead(depth, scorers))
          .offer(record);
    }
  }

  /** Scores the record at {@code offset}, whose turn has come. */
  Scored take(TopicPartition partition, long offset, ImageRecord record) {
    PartitionAhead ahead = partitions.get(partition);
    Optional<Scored> begun = ahead == null ? Optional.empty() : ahead.take(offset);
    (begun.isPresent() ? hits : misses).increment();
    return begun.orElseGet(() -> scorers.score(record));
  }

  /** Lets go of all that was begun of a partition, which is another's now. */
  void drop(TopicPartition partition) {
    PartitionAhead ahead = partitions.remove(partition);
    if (ahead != null) {
      ahead.drop();
    }
  }
}
