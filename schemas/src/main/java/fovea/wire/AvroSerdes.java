package fovea.wire;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Makes the serdes of the values that pass from one application to another. What an application
 * keeps for itself (stores, repartition topics) nobody else reads: that stays an {@link AvroSerde}
 * of {@link #registry}. Thread-safe.
 */
public interface AvroSerdes {

  /**
   * A serde for values of this type, configured and ready, that keeps {@link AvroSerde}'s promise
   * about errors: a {@link org.apache.kafka.common.errors.SerializationException} says that the
   * bytes are at fault and nothing else. A new one with each call.
   */
  <T extends SpecificRecord> Serde<T> of(Class<T> type);

  /** The registry behind them; its owner closes it. */
  SchemaRegistry registry();

  /** Fovea's own serdes. */
  static AvroSerdes own(SchemaRegistry registry) {
    return new OwnSerdes(registry);
  }
}
