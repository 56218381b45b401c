package fovea.streams;

import fovea.streams.deadletter.DeadLetters;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Supplies the step <em>score</em> with a store, {identity}, that holds nothing.
 *
 * <p>An application without a persistent store takes a new random process id at each start, and
 * with it new transactional ids. After a kill nothing would then fence the transaction that was
 * left open, and every {@code read_committed} reader would wait behind it for its whole timeout.
 * With a persistent store the id is kept in the state directory. The store is not logged: there is
 * nothing to restore.
 */
final class Score implements ProcessorSupplier<byte[], byte[], Object, SpecificRecord> {
  static final String NAME = "score";

  private static final String IDENTITY = "identity";

  private final ScorePolicy policy;
  private final ScorePorts ports;
  private final LookAhead ahead;
  private final DeadLetters deadLetters;

  Score(ScorePolicy policy, ScorePorts ports, LookAhead ahead) {
    this.policy = policy;
    this.ports = ports;
    this.ahead = ahead;
    this.deadLetters = new DeadLetters(NAME, policy.originalLimit(), ports.meters());
  }

  @Override
  public Processor<byte[], byte[], Object, SpecificRecord> get() {
    return new ScoreProcessor(ahead, new ScoreLanes(policy, ports), deadLetters);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(IDENTITY), Serdes.String(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingDisabled());
  }
}
