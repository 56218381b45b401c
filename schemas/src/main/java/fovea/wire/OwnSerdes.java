package fovea.wire;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** {@link AvroSerde} for every type. Immutable. */
record OwnSerdes(SchemaRegistry registry) implements AvroSerdes {
  @Override
  public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
    return new AvroSerde<>(type, registry);
  }
}
