package fovea.streams;

import fovea.schema.Certificate;
import fovea.schema.DeadLetter;
import fovea.schema.Delta;
import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.Outcome;
import fovea.streams.aggregate.Accumulate;
import fovea.streams.aggregate.AggregateNames;
import fovea.streams.aggregate.AggregateSetup;
import fovea.streams.aggregate.Contribute;
import fovea.streams.aggregate.Read;
import fovea.streams.deadletter.DeadLetters;
import fovea.wire.AvroSerde;
import fovea.wire.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * (explanations) (outcomes) (erasures) ─▶ [contribute] {contributions} {outcomes} {erased}
 * {expiries} ─▶ (deltas) ─▶ [accumulate] {moments} {folds} {quality} {counters} ─▶
 * (global-explanations); tombstones to (explanations), and (certificates) and (dead-letters) from
 * both steps.
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
    DeadLetters letters = deadLetters(AggregateNames.CONTRIBUTE);
    Read<Outcome> outcomes = Read.outcomes(ports.serdes(), letters);
    Read<Erasure> erasures = Read.erasures(ports.serdes(), letters);
    KStream<byte[], SpecificRecord> known =
        read(builder, topics.explanations(), Read.explanations(ports.serdes(), letters))
            .merge(
                bySubject(read(builder, topics.outcomes(), outcomes), outcomes),
                Named.as("explained-or-confirmed"))
            .merge(
                bySubject(read(builder, topics.erasures(), erasures), erasures),
                Named.as("explained-confirmed-or-erased"));
    accumulate(contribute(known, letters));
    return builder.build();
  }

  private KStream<byte[], Delta> contribute(
      KStream<byte[], SpecificRecord> known, DeadLetters letters) {
    KStream<byte[], SpecificRecord> contributed =
        known.process(new Contribute(setup(), letters), Named.as(AggregateNames.CONTRIBUTE));
    refuse(contributed, AggregateNames.CONTRIBUTE_REFUSED, "contribute-dead-letters");
    certify(contributed, AggregateNames.CONTRIBUTE_CERTIFIED, "contribute-certificates");
    contributed
        .mapValues(Explanation.class::cast, Named.as(AggregateNames.WITHDRAWN))
        .to(
            topics.explanations(),
            Produced.with(Serdes.ByteArray(), ports.serdes().of(Explanation.class))
                .withStreamPartitioner(new BySubjectOfKey())
                .withName("tombstones"));
    return contributed
        .mapValues(Delta.class::cast, Named.as(AggregateNames.CHANGED))
        .repartition(
            Repartitioned.<byte[], Delta>as(AggregateNames.DELTAS)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(serde(Delta.class)));
  }

  private void accumulate(KStream<byte[], Delta> deltas) {
    DeadLetters letters = deadLetters(AggregateNames.ACCUMULATE);
    KStream<byte[], SpecificRecord> accumulated =
        deltas.process(new Accumulate(setup(), letters), Named.as(AggregateNames.ACCUMULATE));
    refuse(accumulated, AggregateNames.ACCUMULATE_REFUSED, "accumulate-dead-letters");
    certify(accumulated, AggregateNames.ACCUMULATE_CERTIFIED, "accumulate-certificates");
    accumulated
        .mapValues(GlobalExplanation.class::cast, Named.as(AggregateNames.EMITTED))
        .to(
            topics.globalExplanations(),
            Produced.with(Serdes.ByteArray(), ports.serdes().of(GlobalExplanation.class))
                .withName("global-explanations"));
  }

  /** The records of a topic that may be counted; the others are dead letters. */
  private <T extends SpecificRecord> KStream<byte[], SpecificRecord> read(
      StreamsBuilder builder, String topic, Read<T> read) {
    String kind = read.kind();
    KStream<byte[], SpecificRecord> both =
        builder.stream(
                topic, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(kind + "s"))
            .process(read, Named.as(AggregateNames.read(kind)));
    refuse(both, AggregateNames.refused(kind), kind + "-dead-letters");
    return both.mapValues(record -> record, Named.as(AggregateNames.accepted(kind)));
  }

  /** Into as many partitions as explanations have: no foreign producer's choice is relied on. */
  private <T extends SpecificRecord> KStream<byte[], SpecificRecord> bySubject(
      KStream<byte[], SpecificRecord> records, Read<T> read) {
    String name = read.kind() + "s";
    return records
        .mapValues(read.type()::cast, Named.as("typed-" + read.kind()))
        .repartition(
            Repartitioned.<byte[], T>as(name)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(serde(read.type()))
                .withNumberOfPartitions(policy.topics().partitions()))
        .mapValues(SpecificRecord.class::cast, Named.as(name + "-by-subject"));
  }

  /** A step's dead letters, which it forwards to the node {@code name}. */
  private void refuse(KStream<byte[], SpecificRecord> step, String name, String sink) {
    step.mapValues(DeadLetter.class::cast, Named.as(name))
        .to(
            topics.deadLetters(),
            Produced.with(Serdes.ByteArray(), ports.serdes().of(DeadLetter.class)).withName(sink));
  }

  /** A step's certificates, which it forwards to the node {@code name}. */
  private void certify(KStream<byte[], SpecificRecord> step, String name, String sink) {
    step.mapValues(Certificate.class::cast, Named.as(name))
        .to(
            topics.certificates(),
            Produced.with(Serdes.ByteArray(), ports.serdes().of(Certificate.class)).withName(sink));
  }

  private AggregateSetup setup() {
    return new AggregateSetup(
        ports.serdes(),
        ports.fingerprint(),
        ports.meters(),
        policy.retention(),
        policy.emitInterval(),
        topics,
        policy.topics(),
        policy.changelog());
  }

  private DeadLetters deadLetters(String stage) {
    return new DeadLetters(stage, policy.originalLimit(), ports.meters());
  }

  private <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
    return new AvroSerde<>(type, ports.serdes().registry());
  }
}
