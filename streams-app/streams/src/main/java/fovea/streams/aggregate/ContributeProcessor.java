package fovea.streams.aggregate;

import fovea.core.aggregate.KeyText;
import fovea.schema.Certificate;
import fovea.schema.Contribution;
import fovea.schema.Delta;
import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.Outcome;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The step <em>contribute</em>: per explanation, outcome or erasure the difference between what the
 * images it is about contributed before and what they contribute now.
 *
 * <p>{contributions} holds what each image and model version added, exactly as it was added, so
 * that what is taken away later is read and never recomputed.
 */
final class ContributeProcessor
    implements Processor<byte[], SpecificRecord, byte[], SpecificRecord> {
  private static final Refusal LATE =
      Refusal.of(Reason.TOO_LATE, "its day is so long ago that it is no longer kept");

  private final ContributeParts parts;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private ProcessorContext<byte[], SpecificRecord> context;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private Ledger ledger;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private Expiries expiries;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private Horizon horizon;

  ContributeProcessor(ContributeParts parts) {
    this.parts = parts;
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> context) {
    this.context = context;
    this.horizon = new Horizon(parts.retention());
    this.expiries = new Expiries(context.getStateStore(AggregateNames.EXPIRIES));
    this.ledger = parts.ledger(context, expiries, horizon);
  }

  @Override
  public void process(Record<byte[], SpecificRecord> record) {
    if (horizon.advance(context.currentStreamTimeMs())) {
      send(ledger.expire(expiries), record);
    }
    switch (record.value()) {
      case Explanation e -> explained(e, record);
      case Outcome o -> confirmed(o, record);
      case Erasure x -> erased(x, record);
      default ->
          throw new IllegalStateException(
              "not a record of this step: " + record.value().getClass());
    }
  }

  private void explained(Explanation e, Record<byte[], SpecificRecord> record) {
    String key = KeyText.join(e.getSubjectId(), e.getImageId(), e.getModel(), e.getModelVersion());
    Optional<Instant> until = ledger.erasedUntil(e.getSubjectId(), e.getImageId());
    Contribution now = parts.contributions().of(e);
    if (Ledger.taken(until, e.getIngestedAt())) {
      parts.refused("explanation").increment();
      publish(key, null, record);
    } else if (horizon.expired(now.getPane())) {
      refuse(record);
    } else {
      Change change = ledger.explained(key, now, until);
      send(List.of(change), record);
      if (until.isPresent() && !change.isNone()) {
        // A tombstone for what was taken may lie behind it; now it lies behind the tombstone.
        publish(key, e, record);
      }
    }
  }

  private void confirmed(Outcome o, Record<byte[], SpecificRecord> record) {
    Instant recordedAt = Instant.ofEpochMilli(record.timestamp());
    if (ledger.takes(o, recordedAt)) {
      parts.refused("outcome").increment();
    } else if (horizon.expired(Retention.concerns(recordedAt))) {
      refuse(record);
    } else {
      send(ledger.confirmed(o, recordedAt), record);
    }
  }

  private void erased(Erasure x, Record<byte[], SpecificRecord> record) {
    List<String> outcomes = new ArrayList<>();
    List<Change> changes = ledger.erased(x, outcomes);
    send(changes, record);
    for (Change change : changes) {
      if (change.withdrawn()) {
        publish(change.key(), null, record);
      }
    }
    for (Map.Entry<String, Delta> mark : ErasureMarks.of(x, changes)) {
      forward(mark.getKey(), mark.getValue(), record, AggregateNames.CHANGED);
    }
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    Certificate certificate =
        parts.certificate(context.applicationId()).of(x, changes, outcomes.size(), now);
    forward(x.getSubjectId(), certificate, record, AggregateNames.CONTRIBUTE_CERTIFIED);
  }

  /** What went with its day is let go by accumulate, too: no difference tells of it. */
  private void send(List<Change> changes, Record<byte[], SpecificRecord> record) {
    for (Change change : changes) {
      Optional<Contribution> before = change.before().filter(c -> !horizon.expired(c.getPane()));
      for (Map.Entry<String, Delta> delta : Deltas.between(before, change.after())) {
        forward(delta.getKey(), delta.getValue(), record, AggregateNames.CHANGED);
      }
    }
  }

  private void publish(
      String key, @Nullable Explanation value, Record<byte[], SpecificRecord> record) {
    forward(key, value, record, AggregateNames.WITHDRAWN);
  }

  private void forward(
      String key,
      @Nullable SpecificRecord value,
      Record<byte[], SpecificRecord> record,
      String child) {
    context.forward(
        new Record<>(key.getBytes(StandardCharsets.UTF_8), value, record.timestamp()), child);
  }

  private void refuse(Record<byte[], SpecificRecord> record) {
    context.forward(
        parts.deadLetter(record, context.recordMetadata().orElseThrow(), LATE),
        AggregateNames.CONTRIBUTE_REFUSED);
  }
}
