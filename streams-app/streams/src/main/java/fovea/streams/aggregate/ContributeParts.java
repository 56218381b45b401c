package fovea.streams.aggregate;

import fovea.schema.Contribution;
import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import fovea.schema.HeldContributions;
import fovea.schema.HeldOutcome;
import fovea.schema.HeldOutcomes;
import fovea.schema.Outcome;
import fovea.streams.deadletter.DeadLetters;
import fovea.streams.deadletter.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What contribute works with.
 *
 * @param contributions what an explanation adds
 * @param retention how long panes live
 * @param places where traces of an erased subject can remain
 * @param deadLetters of this step
 * @param explanations writes the original of a dead letter
 * @param outcomes writes the original of a dead letter
 * @param meters where what an erasure refuses is counted
 */
record ContributeParts(
    Contributions contributions,
    Retention retention,
    Places places,
    DeadLetters deadLetters,
    Serializer<Explanation> explanations,
    Serializer<Outcome> outcomes,
    MeterRegistry meters) {

  Ledger ledger(ProcessorContext<?, ?> context, Expiries expiries, Horizon horizon) {
    return new Ledger(
        new Shelf<HeldContributions>(
            context.getStateStore(AggregateNames.CONTRIBUTIONS), expiries, ContributeParts::day),
        new Shelf<HeldOutcomes>(
            context.getStateStore(AggregateNames.OUTCOMES), expiries, ContributeParts::day),
        new Shelf<Long>(
            context.getStateStore(AggregateNames.ERASED),
            expiries,
            until -> Retention.concerns(Instant.ofEpochMilli(until))),
        horizon);
  }

  private static LocalDate day(HeldContributions held) {
    return held.getCandidates().stream()
        .map(Contribution::getPane)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static LocalDate day(HeldOutcomes held) {
    return held.getCandidates().stream()
        .map(HeldOutcome::getRecordedAt)
        .min(Comparator.naturalOrder())
        .map(Retention::concerns)
        .orElseThrow();
  }

  ContributeCertificate certificate(String applicationId) {
    return new ContributeCertificate(places, retention, applicationId);
  }

  /** Counts what came too late for its subject: no dead letter, which would keep what is erased. */
  Counter refused(String kind) {
    return Counter.builder("fovea.erased.refused")
        .description("Records refused because an erasure covers them.")
        .tag("kind", kind)
        .register(meters);
  }

  Record<byte[], DeadLetter> deadLetter(
      Record<byte[], SpecificRecord> record, RecordMetadata source, Refusal refusal) {
    byte[] original =
        record.value() instanceof Explanation e
            ? explanations.serialize(source.topic(), e)
            : outcomes.serialize(source.topic(), (Outcome) record.value());
    return deadLetters.of(record.withValue(original), source, refusal);
  }
}
