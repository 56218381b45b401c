package fovea.streams.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * How one application runs on Kafka. Exactly once is not a choice.
 *
 * @param applicationId also its consumer group, the prefix of its internal topics and a part of its
 *     transactional ids; see {@link #applicationId(String, String)}
 * @param bootstrapServers {@code host:port}, several apart by commas
 * @param stateDirectory where stores lie; kept over restarts
 * @param threads that process; as many as cores for score
 * @param commitInterval one transaction each; what readers see is as old as this
 * @param cacheBytes for writes of a store within one commit, over all threads: keys × 13 KB or more
 * @param bufferedRecords read ahead per partition: times the greatest image bounds the heap
 * @param replicationFactor of internal topics; −1 for the broker's default
 * @param maxRequestBytes greatest record that is written
 * @param extra further Kafka settings, such as security and time-outs, which pass through
 */
public record StreamsSettings(
    String applicationId,
    String bootstrapServers,
    Path stateDirectory,
    int threads,
    Duration commitInterval,
    long cacheBytes,
    int bufferedRecords,
    int replicationFactor,
    int maxRequestBytes,
    Map<String, String> extra) {
  /** How long a transaction may stay open: what one record takes must be below. */
  public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  private static final String SESSION_MILLIS = "10000";
  private static final String HEARTBEAT_MILLIS = "2000";
  private static final String DELIVERY_MILLIS = "120000";
  private static final String COMPRESSION = "zstd";

  /** Some dozens of explanations go in one request; Kafka's own default holds three. */
  private static final String BATCH_BYTES = Integer.toString(256 << 10);

  /** A dead letter holds the greatest image record with its own envelope. */
  private static final int MAX_REQUEST_BYTES = 9 << 20;

  public StreamsSettings {
    extra = Map.copyOf(extra);
    ProtectedSettings.check(extra);
    if (!applicationId.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "application id must be letters, digits, '.', '_' and '-': '" + applicationId + "'");
    }
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrap servers must not be blank");
    }
    if (threads < 1 || bufferedRecords < 1 || maxRequestBytes < 1 || cacheBytes < 0) {
      throw new IllegalArgumentException(
          "threads %d, buffered records %d, request bytes %d must be positive, cache %d not negative"
              .formatted(threads, bufferedRecords, maxRequestBytes, cacheBytes));
    }
    if (replicationFactor != -1 && replicationFactor < 1) {
      throw new IllegalArgumentException("replication factor: " + replicationFactor);
    }
    if (commitInterval.toMillis() < 1
        || commitInterval.compareTo(TRANSACTION_TIMEOUT.dividedBy(2)) > 0) {
      throw new IllegalArgumentException(
          "commit interval must be 1 ms to half the transaction timeout of %s: %s"
              .formatted(TRANSACTION_TIMEOUT, commitInterval));
    }
  }

  /** Defaults for everything that need not be said: one thread, commit each second. */
  public static StreamsSettings of(
      String applicationId, String bootstrapServers, Path stateDirectory) {
    return new StreamsSettings(
        applicationId,
        bootstrapServers,
        stateDirectory,
        1,
        Duration.ofSeconds(1),
        64L << 20,
        64,
        -1,
        MAX_REQUEST_BYTES,
        Map.of());
  }

  /** The id of one of Fovea's applications under a group prefix: {@code prefix-name}. */
  public static String applicationId(String groupPrefix, String name) {
    return groupPrefix + "-" + name;
  }

  /** As Kafka takes them; the stores take their native memory from {@code memory}. */
  public Properties properties(RocksDbMemory memory) {
    Properties p = new Properties();
    p.putAll(failover());
    sending(p);
    p.putAll(extra);
    identity(p);
    guarantees(p);
    size(p);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDbMemory.class);
    p.put(RocksDbMemory.KEY, memory);
    return p;
  }

  /**
   * The settings that let the work go on soon after a crash: with Kafka's defaults a killed
   * instance holds its partitions and its transaction for long.
   */
  public static Map<String, String> failover() {
    return Map.of(
        consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_MILLIS,
        consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        HEARTBEAT_MILLIS,
        producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        Long.toString(TRANSACTION_TIMEOUT.toMillis()),
        producer(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG),
        DELIVERY_MILLIS,
        StreamsConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
        "1000",
        StreamsConfig.METADATA_MAX_AGE_CONFIG,
        "5000",
        StreamsConfig.TASK_TIMEOUT_MS_CONFIG,
        "300000");
  }

  private static void sending(Properties p) {
    p.put(producer(ProducerConfig.COMPRESSION_TYPE_CONFIG), COMPRESSION);
    p.put(producer(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
  }

  private void identity(Properties p) {
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
  }

  private static void guarantees(Properties p) {
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(consumer(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
    p.put(consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    p.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailExceptionHandler.class);
    p.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailProcessingExceptionHandler.class);
    p.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        DefaultProductionExceptionHandler.class);
    p.put("processing.exception.handler.global.enabled", "true");
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
    p.put(StreamsConfig.topicPrefix(TopicConfig.COMPRESSION_TYPE_CONFIG), COMPRESSION);
  }

  private void size(Properties p) {
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(threads));
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(commitInterval.toMillis()));
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Long.toString(cacheBytes));
    p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, Integer.toString(bufferedRecords));
    p.put(consumer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), Integer.toString(bufferedRecords));
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, Integer.toString(replicationFactor));
    p.put(producer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Integer.toString(maxRequestBytes));
    p.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(maxRequestBytes));
  }

  private static String consumer(String name) {
    return StreamsConfig.consumerPrefix(name);
  }

  private static String producer(String name) {
    return StreamsConfig.producerPrefix(name);
  }
}
