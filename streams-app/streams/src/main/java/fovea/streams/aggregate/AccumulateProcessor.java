package fovea.streams.aggregate;

import fovea.schema.Contribution;
import fovea.schema.Delta;
import fovea.schema.ErasureMark;
import fovea.schema.GlobalExplanation;
import fovea.streams.deadletter.DeadLetters;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The step <em>accumulate</em>: adds and subtracts exact states, and sends what changed.
 *
 * <p>A state leaves at most once per emit interval, its moments and folds of one moment; the wall
 * clock decides when, never what. The end of a state (n = 0, or its day is expired) leaves at once,
 * in the transaction that deletes it: after a restart no key would be left to tell of it.
 */
final class AccumulateProcessor implements Processor<byte[], Delta, byte[], SpecificRecord> {
  private static final Refusal MISFIT =
      Refusal.of(Reason.FIELD, "a contribution does not fit the state it belongs to");
  private static final Refusal LATE =
      Refusal.of(Reason.TOO_LATE, "its day is so long ago that it is no longer kept");

  private final AggregateSetup setup;
  private final Serializer<Delta> deltas;
  private final DeadLetters deadLetters;
  private final Horizon horizon;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private ProcessorContext<byte[], SpecificRecord> context;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private States moments;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private States folds;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private States quality;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private States counters;

  AccumulateProcessor(AggregateSetup setup, Serializer<Delta> deltas, DeadLetters deadLetters) {
    this.setup = setup;
    this.deltas = deltas;
    this.deadLetters = deadLetters;
    this.horizon = new Horizon(setup.retention());
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> context) {
    this.context = context;
    this.moments = new States(context.getStateStore(AggregateNames.MOMENTS));
    this.folds = new States(context.getStateStore(AggregateNames.FOLDS));
    this.quality = new States(context.getStateStore(AggregateNames.QUALITY));
    this.counters = new States(context.getStateStore(AggregateNames.COUNTERS));
    context.schedule(setup.emitInterval(), PunctuationType.WALL_CLOCK_TIME, this::emit);
  }

  @Override
  public void process(Record<byte[], Delta> record) {
    if (horizon.advance(context.currentStreamTimeMs())) {
      moments.expire(horizon).forEach(this::end);
      quality.expire(horizon).forEach(this::end);
      counters.expire(horizon).forEach(this::end);
      folds.expire(horizon);
    }
    Delta delta = kept(record);
    if (!apply(delta)) {
      // What cannot be taken away must not keep back what is to be added, nor the reverse.
      for (Delta half : halves(delta)) {
        if (!apply(half)) {
          refuse(record, half, MISFIT);
        }
      }
    }
    ErasureMark mark = record.value().getErasure();
    if (mark != null) {
      certify(mark, record);
    }
  }

  /** Without what is about an expired day: taking away went with the day, adding is too late. */
  private Delta kept(Record<byte[], Delta> record) {
    Contribution removed = record.value().getRemoved();
    Contribution added = record.value().getAdded();
    boolean late = added != null && horizon.expired(added.getPane());
    if (late) {
      refuse(record, new Delta(null, added, null), LATE);
    }
    boolean gone = removed != null && horizon.expired(removed.getPane());
    return new Delta(gone ? null : removed, late ? null : added, null);
  }

  /** All of a delta or, where a part does not fit, nothing. */
  private boolean apply(Delta delta) {
    Map<String, Optional<byte[]>> maps;
    Map<String, Optional<byte[]>> dealt;
    Map<String, Optional<byte[]>> measured;
    Map<String, Optional<byte[]>> counts;
    try {
      DeltaPlan plan = DeltaPlan.of(delta);
      maps = moments.after(plan.maps());
      dealt = folds.after(plan.folds());
      measured = quality.after(plan.quality());
      counts = counters.after(plan.counts());
    } catch (IllegalArgumentException e) {
      return false;
    }
    folds.write(dealt);
    moments.write(maps).forEach(this::end);
    quality.write(measured).forEach(this::end);
    counters.write(counts).forEach(this::end);
    return true;
  }

  private void emit(long now) {
    moments.send((key, state) -> send(key, Emission.moments(key, state, folds.state(key)), now));
    quality.send((key, state) -> send(key, Emission.quality(key, state), now));
    counters.send((key, state) -> send(key, Emission.counters(key, state), now));
  }

  private void end(String key) {
    send(key, null, context.currentSystemTimeMs());
  }

  private void send(String key, @Nullable GlobalExplanation value, long now) {
    context.forward(
        new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now), AggregateNames.EMITTED);
  }

  /** What this mark follows is subtracted, and the states without it are in this transaction. */
  private void certify(ErasureMark mark, Record<byte[], Delta> record) {
    emit(context.currentSystemTimeMs());
    byte[] subject = mark.getErasure().getSubjectId().getBytes(StandardCharsets.UTF_8);
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    context.forward(
        record
            .withKey(subject)
            .withValue(
                new AccumulateCertificate(setup.places(), context.applicationId()).of(mark, now)),
        AggregateNames.ACCUMULATE_CERTIFIED);
  }

  private void refuse(Record<byte[], Delta> record, Delta half, Refusal refusal) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    byte[] original = deltas.serialize(source.topic(), half);
    context.forward(
        deadLetters.of(record.withValue(original), source, refusal),
        AggregateNames.ACCUMULATE_REFUSED);
  }

  private static List<Delta> halves(Delta delta) {
    List<Delta> out = new ArrayList<>(2);
    if (delta.getRemoved() != null) {
      out.add(new Delta(delta.getRemoved(), null, null));
    }
    if (delta.getAdded() != null) {
      out.add(new Delta(null, delta.getAdded(), null));
    }
    return out;
  }
}
