package fovea.streams;

import fovea.core.aggregate.Fingerprint;
import fovea.core.aggregate.KeyText;
import fovea.schema.Certificate;
import fovea.schema.DeadLetter;
import fovea.schema.Delta;
import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.HeldContributions;
import fovea.schema.HeldOutcomes;
import fovea.schema.Outcome;
import fovea.streams.application.RocksDbMemory;
import fovea.streams.application.StreamsSettings;
import fovea.wire.AvroSerde;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Aggregate in a test driver, with the settings it has in production. */
final class AggregateRig implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-05T08:00:00Z");
  static final Fingerprint FINGERPRINT =
      new Fingerprint("a programme's secret".getBytes(StandardCharsets.UTF_8));
  static final long CACHE = 1 << 20;

  final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final TestInputTopic<byte[], byte[]> explanations;
  final TestInputTopic<byte[], byte[]> outcomes;
  final TestInputTopic<byte[], byte[]> erasures;
  final TestOutputTopic<String, Explanation> withdrawn;
  final TestOutputTopic<String, Certificate> certificates;
  final TestOutputTopic<String, GlobalExplanation> globals;
  final TestOutputTopic<byte[], DeadLetter> deadLetters;

  private final RocksDbMemory memory = new RocksDbMemory(16 << 20);
  private final AvroSerde<Explanation> serde = new AvroSerde<>(Explanation.class, registry);
  private final AvroSerde<Outcome> outcomeSerde = new AvroSerde<>(Outcome.class, registry);
  private final AvroSerde<Erasure> erasureSerde = new AvroSerde<>(Erasure.class, registry);
  private final TopologyTestDriver driver;

  AggregateRig(Path directory) {
    this(directory, CACHE);
  }

  AggregateRig(Path directory, long cacheBytes) {
    Topics topics = new Topics("fovea");
    Properties properties =
        StreamsSettings.of("fovea-aggregate", "none:9092", directory).properties(memory);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Long.toString(cacheBytes));
    this.driver =
        new TopologyTestDriver(
            new AggregateTopology(
                    topics,
                    AggregatePolicy.DEFAULT,
                    new AggregatePorts(registry, FINGERPRINT, meters))
                .topology(),
            properties,
            NOW);
    this.explanations = input(topics.explanations());
    this.outcomes = input(topics.outcomes());
    this.erasures = input(topics.erasures());
    this.withdrawn =
        driver.createOutputTopic(
            topics.explanations(), new StringDeserializer(), serde.deserializer());
    this.certificates =
        driver.createOutputTopic(
            topics.certificates(),
            new StringDeserializer(),
            new AvroSerde<>(Certificate.class, registry).deserializer());
    this.globals =
        driver.createOutputTopic(
            topics.globalExplanations(),
            new StringDeserializer(),
            new AvroSerde<>(GlobalExplanation.class, registry).deserializer());
    this.deadLetters =
        driver.createOutputTopic(
            topics.deadLetters(),
            new ByteArrayDeserializer(),
            new AvroSerde<>(DeadLetter.class, registry).deserializer());
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  byte[] bytes(Explanation explanation) {
    return serde.serializer().serialize("fovea.explanations", explanation);
  }

  void send(Explanation.Builder builder) {
    send(builder, NOW);
  }

  void send(Explanation.Builder builder, Instant recordedAt) {
    send(builder.build(), recordedAt);
  }

  void send(Explanation e, Instant recordedAt) {
    String key = KeyText.join(e.getSubjectId(), e.getImageId(), e.getModel(), e.getModelVersion());
    explanations.pipeInput(key.getBytes(StandardCharsets.UTF_8), bytes(e), recordedAt);
  }

  /** Keyed by nothing that tells of the subject: Fovea must not rely on it. */
  void send(Outcome outcome, Instant recordedAt) {
    outcomes.pipeInput(
        new byte[] {7}, outcomeSerde.serializer().serialize("fovea.outcomes", outcome), recordedAt);
  }

  void send(Erasure erasure, Instant recordedAt) {
    erasures.pipeInput(
        new byte[] {9}, erasureSerde.serializer().serialize("fovea.erasures", erasure), recordedAt);
  }

  /** As if contribute had sent it. */
  void sendDelta(Delta delta, Instant recordedAt) {
    driver
        .createInputTopic(
            "fovea-aggregate-deltas-repartition",
            new ByteArraySerializer(),
            new AvroSerde<>(Delta.class, registry).serializer())
        .pipeInput(new byte[] {1}, delta, recordedAt);
  }

  /** Lets the wall clock reach the next emission. */
  void emit() {
    driver.advanceWallClockTime(AggregatePolicy.DEFAULT.emitInterval());
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  KeyValueStore<String, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  /** Moments, quality and counters: what must not depend on order, replays or caches. */
  SortedMap<String, byte[]> states() {
    SortedMap<String, byte[]> out = new TreeMap<>();
    for (String name : new String[] {"moments", "quality", "counters"}) {
      try (KeyValueIterator<String, byte[]> all = store(name).all()) {
        all.forEachRemaining(entry -> out.put(entry.key, entry.value));
      }
    }
    return out;
  }

  /** Every entry of every store, as one SHA-256. */
  String hash() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      everything()
          .forEach(
              (key, value) -> {
                sha.update(key.getBytes(StandardCharsets.UTF_8));
                sha.update(value);
              });
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every entry of every store, by store and key. */
  SortedMap<String, byte[]> everything() {
    SortedMap<String, byte[]> out = new TreeMap<>();
    for (String name : List.of("moments", "folds", "quality", "counters", "expiries")) {
      entries(name, value -> (byte[]) value).forEach((k, v) -> out.put(name + " " + k, v));
    }
    entries("erased", value -> value.toString().getBytes(StandardCharsets.UTF_8))
        .forEach((k, v) -> out.put("erased " + k, v));
    for (String name : List.of("contributions", "outcomes")) {
      entries(name, AggregateRig::bytesOf).forEach((k, v) -> out.put(name + " " + k, v));
    }
    return out;
  }

  <V> SortedMap<String, V> entries(String store, Function<Object, V> value) {
    SortedMap<String, V> out = new TreeMap<>();
    KeyValueStore<String, Object> of = driver.getKeyValueStore(store);
    try (KeyValueIterator<String, Object> all = of.all()) {
      all.forEachRemaining(entry -> out.put(entry.key, value.apply(entry.value)));
    }
    return out;
  }

  /** What a record's field holds. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] bytesOf(Object record) {
    try {
      ByteBuffer bytes =
          record instanceof HeldContributions held
              ? held.toByteBuffer()
              : ((HeldOutcomes) record).toByteBuffer();
      return bytes(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a reader knows after all emissions: the last record of each key. */
  Map<String, GlobalExplanation> readModel() {
    emit();
    Map<String, GlobalExplanation> out = new TreeMap<>();
    globals
        .readKeyValuesToList()
        .forEach(
            sent -> {
              if (sent.value == null) {
                out.remove(sent.key);
              } else {
                out.put(sent.key, sent.value);
              }
            });
    return out;
  }

  @Override
  public void close() {
    driver.close();
    memory.close();
  }
}
