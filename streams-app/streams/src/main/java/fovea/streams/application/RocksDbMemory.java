package fovea.streams.application;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One native memory budget for every RocksDB store of a process: a block cache that write buffers,
 * index and filter blocks are charged to.
 *
 * <p>Thread-safe. Its creator closes it, after every application that was given it. Reaches the
 * stores as a value among the application's settings, because Kafka makes the config setter itself
 * and shares nothing with it but those.
 */
public final class RocksDbMemory implements AutoCloseable {
  /**
   * A file of this age is rewritten when the store is written to, so that what was deleted does not
   * lie in an old file for ever.
   */
  public static final Duration REWRITTEN_AFTER = Duration.ofDays(1);

  static final String KEY = "fovea.rocksdb.memory";

  private static final long LEAST = 16L << 20;
  private static final long WRITE_BUFFER = 4L << 20;

  private final long budget;
  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  /**
   * @param budget bytes for all stores together, at least 16 MiB; half of it may be write buffers
   */
  public RocksDbMemory(long budget) {
    if (budget < LEAST) {
      throw new IllegalArgumentException("a RocksDB budget has at least 16 MiB: " + budget);
    }
    RocksDB.loadLibrary();
    this.budget = budget;
    this.cache = new LRUCache(budget);
    this.writeBuffers = new WriteBufferManager(budget / 2, cache);
  }

  /** Exports budget and use as {@code fovea_rocksdb_budget_bytes} and {@code ..._used_bytes}. */
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("fovea.rocksdb.budget", this, memory -> memory.budget)
        .description("Native memory that all stores may take together.")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("fovea.rocksdb.used", this, memory -> memory.cache.getUsage())
        .description("Native memory charged to the stores' cache, write buffers included.")
        .baseUnit("bytes")
        .register(meters);
  }

  /** Makes one store take its memory from here. */
  void share(Options options) {
    if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
      table.setBlockCache(cache);
      table.setCacheIndexAndFilterBlocks(true);
      table.setPinTopLevelIndexAndFilter(true);
      options.setTableFormatConfig(table);
    }
    options.setPeriodicCompactionSeconds(REWRITTEN_AFTER.toSeconds());
    options.setWriteBufferManager(writeBuffers);
    options.setWriteBufferSize(WRITE_BUFFER);
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  @Override
  public String toString() {
    return "RocksDbMemory[" + budget + " bytes]";
  }
}
