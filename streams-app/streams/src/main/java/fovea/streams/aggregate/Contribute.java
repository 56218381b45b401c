package fovea.streams.aggregate;

import fovea.schema.Explanation;
import fovea.schema.HeldContributions;
import fovea.schema.HeldOutcomes;
import fovea.schema.Outcome;
import fovea.streams.deadletter.DeadLetters;
import fovea.wire.AvroSerde;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Supplies the step <em>contribute</em> with its stores {contributions}, {outcomes}, {erased} and
 * {expiries}, which are not cached: their entries are hardly ever written twice and would push
 * those out that are.
 */
public final class Contribute
    implements ProcessorSupplier<byte[], SpecificRecord, byte[], SpecificRecord> {
  private final AggregateSetup setup;
  private final DeadLetters deadLetters;

  public Contribute(AggregateSetup setup, DeadLetters deadLetters) {
    this.setup = setup;
    this.deadLetters = deadLetters;
  }

  @Override
  public Processor<byte[], SpecificRecord, byte[], SpecificRecord> get() {
    return new ContributeProcessor(
        new ContributeParts(
            new Contributions(setup.fingerprint()),
            setup.retention(),
            setup.places(),
            deadLetters,
            setup.serdes().of(Explanation.class).serializer(),
            setup.serdes().of(Outcome.class).serializer(),
            setup.meters()));
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    // A set of the JDK has another order in each process, and the description would have it.
    return new LinkedHashSet<>(
        List.of(
            store(
                AggregateNames.CONTRIBUTIONS,
                new AvroSerde<>(HeldContributions.class, setup.serdes().registry())),
            store(AggregateNames.OUTCOMES, new AvroSerde<>(HeldOutcomes.class, setup.serdes().registry())),
            store(AggregateNames.ERASED, Serdes.Long()),
            store(AggregateNames.EXPIRIES, Serdes.ByteArray())));
  }

  private StoreBuilder<?> store(String name, Serde<?> values) {
    Map<String, String> changelog = setup.changelog();
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withCachingDisabled()
        .withLoggingEnabled(changelog);
  }
}
