package fovea.streams;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.NullUnmarked;

/**
 * Shows what is polled to the look-ahead, which it finds in the consumer's settings. Kafka makes
 * it.
 */
@NullUnmarked // Kafka calls configure before anything else.
public final class LookAheadInterceptor implements ConsumerInterceptor<byte[], byte[]> {
  static final String KEY = "fovea.lookahead";

  private LookAhead ahead;

  @Override
  public void configure(Map<String, ?> settings) {
    ahead = (LookAhead) Objects.requireNonNull(settings.get(KEY), KEY);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    records.forEach(ahead::offer);
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
