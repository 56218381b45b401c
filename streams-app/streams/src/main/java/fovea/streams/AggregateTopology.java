package fovea.streams;

import fovea.schema.DeadLetter;
import fovea.schema.Delta;
import fovea.schema.GlobalExplanation;
import fovea.streams.aggregate.Accumulate;
import fovea.streams.aggregate.AggregateNames;
import fovea.streams.aggregate.Contribute;
import fovea.streams.deadletter.DeadLetters;
import fovea.wire.AvroSerde;
import fovea.wire.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * (explanations) ─▶ [contribute] {contributions} ─▶ (deltas) ─▶ [accumulate] {moments} {counters}
 * ─▶ (global-explanations), and (dead-letters) from both steps.
 */
public final class AggregateTopology {
  private final Topics topics;
  private final AggregatePolicy policy;
  private final AggregatePorts ports;

  public AggregateTopology(Topics topics, AggregatePolicy policy, AggregatePorts ports) {
    this.topics = topics;
    this.policy = policy;
    this.ports = ports;
  }

  /** The topology, new with each call. */
  public Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<byte[], byte[]> explanations =
        builder.stream(
            topics.explanations(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("explanations"));

    KStream<byte[], SpecificRecord> contributed =
        explanations.process(contribute(), Named.as(AggregateNames.CONTRIBUTE));
    refuse(contributed, AggregateNames.CONTRIBUTE_REFUSED, "contribute-dead-letters");

    KStream<byte[], SpecificRecord> accumulated =
        contributed
            .mapValues(Delta.class::cast, Named.as(AggregateNames.CHANGED))
            .repartition(
                Repartitioned.<byte[], Delta>as(AggregateNames.DELTAS)
                    .withKeySerde(Serdes.ByteArray())
                    .withValueSerde(new AvroSerde<>(Delta.class, ports.serdes().registry())))
            .process(accumulate(), Named.as(AggregateNames.ACCUMULATE));
    refuse(accumulated, AggregateNames.ACCUMULATE_REFUSED, "accumulate-dead-letters");

    accumulated
        .mapValues(GlobalExplanation.class::cast, Named.as(AggregateNames.EMITTED))
        .to(
            topics.globalExplanations(),
            Produced.with(Serdes.ByteArray(), ports.serdes().of(GlobalExplanation.class))
                .withName("global-explanations"));
    return builder.build();
  }

  /** A step's dead letters, which it forwards to the node {@code name}. */
  private void refuse(KStream<byte[], SpecificRecord> step, String name, String sink) {
    step.mapValues(DeadLetter.class::cast, Named.as(name))
        .to(
            topics.deadLetters(),
            Produced.with(Serdes.ByteArray(), ports.serdes().of(DeadLetter.class)).withName(sink));
  }

  private Contribute contribute() {
    return new Contribute(
        ports.serdes(),
        ports.fingerprint(),
        deadLetters(AggregateNames.CONTRIBUTE),
        policy.changelog());
  }

  private Accumulate accumulate() {
    return new Accumulate(
        ports.serdes().registry(),
        deadLetters(AggregateNames.ACCUMULATE),
        policy.emitInterval(),
        policy.changelog());
  }

  private DeadLetters deadLetters(String stage) {
    return new DeadLetters(stage, policy.originalLimit(), ports.meters());
  }
}
