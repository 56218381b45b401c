package fovea.streams.aggregate;

import fovea.core.aggregate.KeyText;
import fovea.schema.Contribution;
import fovea.schema.Delta;
import fovea.schema.Explanation;
import fovea.streams.deadletter.DeadLetters;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The step <em>contribute</em>: per explanation the difference between what its image contributed
 * before and what it contributes now.
 *
 * <p>{contributions} holds what each image and model version added, exactly as it was added, so
 * that what is taken away later is read and never recomputed.
 */
final class ContributeProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {
  private final Deserializer<Explanation> explanations;
  private final Contributions contributions;
  private final DeadLetters deadLetters;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private ProcessorContext<byte[], SpecificRecord> context;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private KeyValueStore<String, Contribution> standing;

  ContributeProcessor(
      Deserializer<Explanation> explanations,
      Contributions contributions,
      DeadLetters deadLetters) {
    this.explanations = explanations;
    this.contributions = contributions;
    this.deadLetters = deadLetters;
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> context) {
    this.context = context;
    this.standing = context.getStateStore(AggregateNames.CONTRIBUTIONS);
  }

  /** A null value says that the explanation was withdrawn; it changes no sum by itself. */
  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    Optional<Explanation> read = read(record.value());
    Optional<Refusal> broken =
        read.map(ExplanationRules::broken)
            .orElseGet(() -> Optional.of(Refusal.of(Reason.SCHEMA, "the value is no explanation")));
    if (broken.isPresent()) {
      refuse(record, broken.get());
    } else {
      contribute(read.orElseThrow(), record.timestamp());
    }
  }

  private Optional<Explanation> read(byte[] value) {
    try {
      return Optional.of(explanations.deserialize(topic(), value));
    } catch (SerializationException e) {
      return Optional.empty();
    }
  }

  private void contribute(Explanation e, long timestamp) {
    String key = KeyText.join(e.getSubjectId(), e.getImageId(), e.getModel(), e.getModelVersion());
    Contribution before = standing.get(key);
    Contribution now = contributions.of(e);
    Precedence precedence = Precedence.of(before, now);
    if (precedence == Precedence.FIRST || precedence == Precedence.REPLACES) {
      for (Map.Entry<String, Delta> delta : Deltas.between(before, now)) {
        byte[] to = delta.getKey().getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(to, delta.getValue(), timestamp), AggregateNames.CHANGED);
      }
      standing.put(key, now);
    }
  }

  private void refuse(Record<byte[], byte[]> record, Refusal refusal) {
    context.forward(
        deadLetters.of(record, context.recordMetadata().orElseThrow(), refusal),
        AggregateNames.CONTRIBUTE_REFUSED);
  }

  private String topic() {
    return context.recordMetadata().orElseThrow().topic();
  }
}
