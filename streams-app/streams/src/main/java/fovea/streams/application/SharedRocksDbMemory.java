package fovea.streams.application;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** Gives each store the process's {@link RocksDbMemory}. Kafka makes it by its class name. */
public final class SharedRocksDbMemory implements RocksDBConfigSetter {

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    if (!(configs.get(RocksDbMemory.KEY) instanceof RocksDbMemory memory)) {
      throw new IllegalStateException("store " + store + " was given no " + RocksDbMemory.KEY);
    }
    memory.share(options);
  }

  /** What is shared outlives the store. */
  @Override
  public void close(String store, Options options) {}
}
