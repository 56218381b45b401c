package fovea.streams.aggregate;

import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.Outcome;
import fovea.streams.deadletter.DeadLetters;
import fovea.wire.AvroSerde;
import fovea.wire.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Supplies what stands between a topic and contribute. */
public final class Read<T extends SpecificRecord>
    implements ProcessorSupplier<byte[], byte[], byte[], SpecificRecord> {
  private final Class<T> type;
  private final Rules<T> rules;
  private final SchemaRegistry registry;
  private final DeadLetters deadLetters;

  private Read(Class<T> type, Rules<T> rules, SchemaRegistry registry, DeadLetters deadLetters) {
    this.type = type;
    this.rules = rules;
    this.registry = registry;
    this.deadLetters = deadLetters;
  }

  public static Read<Explanation> explanations(SchemaRegistry registry, DeadLetters letters) {
    return new Read<>(Explanation.class, new ExplanationRules(), registry, letters);
  }

  public static Read<Outcome> outcomes(SchemaRegistry registry, DeadLetters letters) {
    return new Read<>(Outcome.class, new OutcomeRules(), registry, letters);
  }

  public static Read<Erasure> erasures(SchemaRegistry registry, DeadLetters letters) {
    return new Read<>(Erasure.class, new ErasureRules(), registry, letters);
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
    return new ReadProcessor<>(new AvroSerde<>(type, registry).deserializer(), rules, deadLetters);
  }
}
