package fovea.bench.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A store as Streams builds it, persistent, cached and logged, in a task that commits after each
 * record; one record stands for a hundred images of eight labels.
 */
final class StoreRig {
  /** Updates between two commits. */
  static final int UPDATES = 800;

  private static final int KEYS = 8;
  private static final String STORE = "states";
  private static final String INPUT = "input";

  private final Update update;
  private Optional<Running> running = Optional.empty();

  /** One update of one key's state. */
  interface Update {
    /**
     * The state after the map with number {@code map}.
     *
     * @param before empty for a key that is new; must not be changed
     */
    byte[] after(Optional<byte[]> before, int map);
  }

  private record Running(
      TopologyTestDriver driver, TestInputTopic<byte[], byte[]> input, Path directory) {}

  StoreRig(Update update) {
    this.update = update;
  }

  void open() {
    try {
      Path directory = Files.createTempDirectory("store-update");
      Properties settings = new Properties();
      settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "store-update");
      settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
      settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
      TopologyTestDriver driver = new TopologyTestDriver(topology(), settings);
      ByteArraySerializer bytes = new ByteArraySerializer();
      running =
          Optional.of(new Running(driver, driver.createInputTopic(INPUT, bytes, bytes), directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Topology topology() {
    return new Topology()
        .addSource(INPUT, new ByteArrayDeserializer(), new ByteArrayDeserializer(), INPUT)
        .addProcessor("update", () -> new Updates(update), INPUT)
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled(),
            "update");
  }

  /** All updates of one commit, and the commit. */
  void commit() {
    running.orElseThrow().input().pipeInput(new byte[0], new byte[0]);
  }

  void close() {
    running.ifPresent(
        r -> {
          r.driver().close();
          delete(r.directory());
        });
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Updates extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final Update update;

    private Updates(Update update) {
      this.update = update;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      KeyValueStore<String, byte[]> store = context().getStateStore(STORE);
      for (int i = 0; i < UPDATES; i++) {
        String key = "model|1|fp32|frame|label-" + i % KEYS;
        store.put(key, update.after(Optional.ofNullable(store.get(key)), i));
      }
    }
  }
}
