package fovea.streams.aggregate;

import fovea.schema.Delta;
import fovea.streams.deadletter.DeadLetters;
import fovea.wire.AvroSerde;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Supplies the step <em>accumulate</em> with its stores {moments}, {folds}, {quality} and
 * {counters}, which are cached: a state that changes many times within one commit is written once.
 */
public final class Accumulate implements ProcessorSupplier<byte[], Delta, byte[], SpecificRecord> {
  private final AggregateSetup setup;
  private final DeadLetters deadLetters;

  public Accumulate(AggregateSetup setup, DeadLetters deadLetters) {
    this.setup = setup;
    this.deadLetters = deadLetters;
  }

  @Override
  public Processor<byte[], Delta, byte[], SpecificRecord> get() {
    return new AccumulateProcessor(
        setup, new AvroSerde<>(Delta.class, setup.serdes().registry()).serializer(), deadLetters);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    // A set of the JDK has another order in each process, and the description would have it.
    return new LinkedHashSet<>(
        List.of(
            states(AggregateNames.MOMENTS),
            states(AggregateNames.FOLDS),
            states(AggregateNames.QUALITY),
            states(AggregateNames.COUNTERS)));
  }

  private StoreBuilder<?> states(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingEnabled(setup.changelog());
  }
}
