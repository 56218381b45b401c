package fovea.streams.aggregate;

import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.Outcome;
import fovea.streams.deadletter.DeadLetters;
import fovea.wire.AvroSerdes;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Supplies what stands between a topic and contribute. */
public final class Read<T extends SpecificRecord>
    implements ProcessorSupplier<byte[], byte[], byte[], SpecificRecord> {
  private final Class<T> type;
  private final Rules<T> rules;
  private final AvroSerdes serdes;
  private final DeadLetters deadLetters;

  private Read(Class<T> type, Rules<T> rules, AvroSerdes serdes, DeadLetters deadLetters) {
    this.type = type;
    this.rules = rules;
    this.serdes = serdes;
    this.deadLetters = deadLetters;
  }

  public static Read<Explanation> explanations(AvroSerdes serdes, DeadLetters letters) {
    return new Read<>(Explanation.class, new ExplanationRules(), serdes, letters);
  }

  public static Read<Outcome> outcomes(AvroSerdes serdes, DeadLetters letters) {
    return new Read<>(Outcome.class, new OutcomeRules(), serdes, letters);
  }

  public static Read<Erasure> erasures(AvroSerdes serdes, DeadLetters letters) {
    return new Read<>(Erasure.class, new ErasureRules(), serdes, letters);
  }

  /** What it reads. */
  public Class<T> type() {
    return type;
  }

  /** The kind, of which its nodes have their names. */
  public String kind() {
    return rules.kind();
  }

  @Override
  public Processor<byte[], byte[], byte[], SpecificRecord> get() {
    return new ReadProcessor<>(serdes.of(type).deserializer(), rules, deadLetters);
  }
}
