package fovea.streams.aggregate;

import fovea.schema.Delta;
import fovea.schema.GlobalExplanation;
import fovea.streams.deadletter.DeadLetters;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
 * <p>A state leaves at most once per emit interval; the wall clock decides when, never what. The
 * end of a state (n = 0) leaves at once, in the transaction that deletes it: after a restart no key
 * would be left to tell of it.
 */
final class AccumulateProcessor implements Processor<byte[], Delta, byte[], SpecificRecord> {
  private static final Refusal MISFIT =
      Refusal.of(Reason.FIELD, "a contribution does not fit the state it belongs to");

  private final Serializer<Delta> deltas;
  private final DeadLetters deadLetters;
  private final Duration emitInterval;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private ProcessorContext<byte[], SpecificRecord> context;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private States moments;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private States counters;

  AccumulateProcessor(Serializer<Delta> deltas, DeadLetters deadLetters, Duration emitInterval) {
    this.deltas = deltas;
    this.deadLetters = deadLetters;
    this.emitInterval = emitInterval;
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> context) {
    this.context = context;
    this.moments = new States(context.getStateStore(AggregateNames.MOMENTS));
    this.counters = new States(context.getStateStore(AggregateNames.COUNTERS));
    context.schedule(emitInterval, PunctuationType.WALL_CLOCK_TIME, this::emit);
  }

  @Override
  public void process(Record<byte[], Delta> record) {
    Delta delta = record.value();
    if (!apply(delta)) {
      // What cannot be taken away must not keep back what is to be added, nor the reverse.
      for (Delta half : halves(delta)) {
        if (!apply(half)) {
          refuse(record, half);
        }
      }
    }
  }

  /** All of a delta or, where a part does not fit, nothing. */
  private boolean apply(Delta delta) {
    DeltaPlan plan = DeltaPlan.of(delta);
    Map<String, Optional<byte[]>> maps;
    Map<String, Optional<byte[]>> counts;
    try {
      maps = moments.after(plan.maps());
      counts = counters.after(plan.counts());
    } catch (IllegalArgumentException e) {
      return false;
    }
    long now = context.currentSystemTimeMs();
    moments.write(maps).forEach(key -> send(key, null, now));
    counters.write(counts).forEach(key -> send(key, null, now));
    return true;
  }

  private void emit(long now) {
    moments.send((key, state) -> send(key, Emission.moments(key, state), now));
    counters.send((key, state) -> send(key, Emission.counters(key, state), now));
  }

  private void send(String key, @Nullable GlobalExplanation value, long now) {
    context.forward(
        new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now), AggregateNames.EMITTED);
  }

  private void refuse(Record<byte[], Delta> record, Delta half) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    byte[] original = deltas.serialize(source.topic(), half);
    context.forward(
        deadLetters.of(record.withValue(original), source, MISFIT),
        AggregateNames.ACCUMULATE_REFUSED);
  }

  private static List<Delta> halves(Delta delta) {
    List<Delta> out = new ArrayList<>(2);
    if (delta.getRemoved() != null) {
      out.add(new Delta(delta.getRemoved(), null));
    }
    if (delta.getAdded() != null) {
      out.add(new Delta(null, delta.getAdded()));
    }
    return out;
  }
}
