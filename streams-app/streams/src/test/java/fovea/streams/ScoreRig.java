package fovea.streams;

import fovea.core.image.DecodeLimits;
import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import fovea.schema.ScreeningImage;
import fovea.streams.application.RocksDbMemory;
import fovea.streams.application.StreamsSettings;
import fovea.wire.AvroSerde;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Score in a test driver, with the settings it has in production. */
final class ScoreRig implements AutoCloseable {
  static final Instant INGESTED = Instant.parse("2026-03-05T08:00:00Z");
  static final ScorePolicy POLICY =
      new ScorePolicy(
          new DecodeLimits(1 << 20, 1 << 20),
          16,
          true,
          1 << 16,
          2,
          Duration.ofSeconds(5),
          SamplePolicy.DEFAULT);

  final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ServedModels models;
  final TestInputTopic<byte[], byte[]> images;
  final TestOutputTopic<String, Explanation> explanations;
  final TestOutputTopic<byte[], DeadLetter> deadLetters;

  private final RocksDbMemory memory = new RocksDbMemory(16 << 20);
  private final Topics topics = new Topics("fovea");
  private final AvroSerde<ScreeningImage> serde = new AvroSerde<>(ScreeningImage.class, registry);
  private final TopologyTestDriver driver;

  /** The same settings with another sample. */
  static ScorePolicy sampling(SamplePolicy sample) {
    return new ScorePolicy(
        POLICY.limits(),
        POLICY.maxLabels(),
        POLICY.thumbnails(),
        POLICY.originalLimit(),
        POLICY.lookAhead(),
        POLICY.timeout(),
        sample);
  }

  ScoreRig(Path directory, ServedModel... models) {
    this(directory, POLICY, models);
  }

  ScoreRig(Path directory, ScorePolicy policy, ServedModel... models) {
    this.models = new ServedModels(List.of(models));
    memory.bindTo(meters);
    this.driver =
        new TopologyTestDriver(
            new ScoreTopology(topics, policy, new ScorePorts(registry, this.models, meters))
                .topology(),
            StreamsSettings.of("fovea-score", "none:9092", directory).properties(memory),
            INGESTED);
    this.images =
        driver.createInputTopic(
            topics.images(), new ByteArraySerializer(), new ByteArraySerializer());
    this.explanations =
        driver.createOutputTopic(
            topics.explanations(),
            new StringDeserializer(),
            new AvroSerde<>(Explanation.class, registry).deserializer());
    this.deadLetters =
        driver.createOutputTopic(
            topics.deadLetters(),
            new ByteArrayDeserializer(),
            new AvroSerde<>(DeadLetter.class, registry).deserializer());
  }

  byte[] bytes(ScreeningImage image) {
    return serde.serializer().serialize(topics.images(), image);
  }

  void send(ScreeningImage.Builder image) {
    send(image.getSubjectId(), bytes(image.build()));
  }

  void send(String key, byte[] value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", new byte[] {7});
    images.pipeInput(
        new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, headers, INGESTED));
  }

  @Override
  public void close() {
    driver.close();
    memory.close();
  }
}
