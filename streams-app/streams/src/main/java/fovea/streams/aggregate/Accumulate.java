package fovea.streams.aggregate;

import fovea.schema.Delta;
import fovea.streams.deadletter.DeadLetters;
import fovea.wire.AvroSerde;
import fovea.wire.SchemaRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Supplies the step <em>accumulate</em> with its stores {moments} and {counters}, which are cached:
 * a state that changes many times within one commit is written once.
 */
public final class Accumulate implements ProcessorSupplier<byte[], Delta, byte[], SpecificRecord> {
  private final SchemaRegistry registry;
  private final DeadLetters deadLetters;
  private final Duration emitInterval;
  private final Map<String, String> changelog;

  /**
   * @param emitInterval a state is sent at most once in it
   * @param changelog configuration of the stores' changelog topics
   */
  public Accumulate(
      SchemaRegistry registry,
      DeadLetters deadLetters,
      Duration emitInterval,
      Map<String, String> changelog) {
    this.registry = registry;
    this.deadLetters = deadLetters;
    this.emitInterval = emitInterval;
    this.changelog = Map.copyOf(changelog);
  }

  @Override
  public Processor<byte[], Delta, byte[], SpecificRecord> get() {
    return new AccumulateProcessor(
        new AvroSerde<>(Delta.class, registry).serializer(), deadLetters, emitInterval);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(states(AggregateNames.MOMENTS), states(AggregateNames.COUNTERS));
  }

  private StoreBuilder<?> states(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingEnabled(changelog);
  }
}
