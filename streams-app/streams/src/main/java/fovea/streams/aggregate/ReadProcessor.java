package fovea.streams.aggregate;

import fovea.streams.deadletter.DeadLetters;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Before contribute: bytes to records keyed by their subject, or to dead letters.
 *
 * <p>The key comes from the record, because a foreign producer's key and partition are not trusted.
 * A null value is let go: on explanations it is a tombstone, mostly one of Fovea's own.
 */
final class ReadProcessor<T extends SpecificRecord>
    implements Processor<byte[], byte[], byte[], SpecificRecord> {
  private final Deserializer<T> deserializer;
  private final Rules<T> rules;
  private final DeadLetters deadLetters;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private ProcessorContext<byte[], SpecificRecord> context;

  ReadProcessor(Deserializer<T> deserializer, Rules<T> rules, DeadLetters deadLetters) {
    this.deserializer = deserializer;
    this.rules = rules;
    this.deadLetters = deadLetters;
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    Optional<T> read = read(record.value());
    Optional<Refusal> broken =
        read.isEmpty()
            ? Optional.of(Refusal.of(Reason.SCHEMA, "the value is no " + rules.kind()))
            : rules.broken(read.get(), Instant.ofEpochMilli(record.timestamp()));
    if (broken.isPresent()) {
      context.forward(
          deadLetters.of(record, context.recordMetadata().orElseThrow(), broken.get()),
          AggregateNames.refused(rules.kind()));
    } else {
      byte[] subject = rules.subject(read.orElseThrow()).getBytes(StandardCharsets.UTF_8);
      context.forward(
          record.withKey(subject).withValue(read.orElseThrow()),
          AggregateNames.accepted(rules.kind()));
    }
  }

  private Optional<T> read(byte[] value) {
    try {
      String topic = context.recordMetadata().orElseThrow().topic();
      return Optional.of(deserializer.deserialize(topic, value));
    } catch (SerializationException e) {
      return Optional.empty();
    }
  }
}
