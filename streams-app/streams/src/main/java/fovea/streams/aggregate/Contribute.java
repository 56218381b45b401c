package fovea.streams.aggregate;

import fovea.core.aggregate.Fingerprint;
import fovea.schema.Contribution;
import fovea.schema.Explanation;
import fovea.streams.deadletter.DeadLetters;
import fovea.wire.AvroSerde;
import fovea.wire.AvroSerdes;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Supplies the step <em>contribute</em> with its store {contributions}, which is not cached: its
 * entries are hardly ever written twice and would push those out that are.
 */
public final class Contribute implements ProcessorSupplier<byte[], byte[], byte[], SpecificRecord> {
  private final AvroSerdes serdes;
  private final Fingerprint fingerprint;
  private final DeadLetters deadLetters;
  private final Map<String, String> changelog;

  /**
   * @param changelog configuration of the store's changelog topic
   */
  public Contribute(
      AvroSerdes serdes,
      Fingerprint fingerprint,
      DeadLetters deadLetters,
      Map<String, String> changelog) {
    this.serdes = serdes;
    this.fingerprint = fingerprint;
    this.deadLetters = deadLetters;
    this.changelog = Map.copyOf(changelog);
  }

  @Override
  public Processor<byte[], byte[], byte[], SpecificRecord> get() {
    return new ContributeProcessor(
        serdes.of(Explanation.class).deserializer(), new Contributions(fingerprint), deadLetters);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(AggregateNames.CONTRIBUTIONS),
                Serdes.String(),
                new AvroSerde<>(Contribution.class, serdes.registry()))
            .withCachingDisabled()
            .withLoggingEnabled(changelog));
  }
}
