package fovea.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fovea.schema.Erasure;
import fovea.schema.ScreeningImage;
import fovea.wire.AvroSerde;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.NamedSerdes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The serde that a setting names, here Confluent's own, in the place of ours. */
class NamedSerdesTest {
  private static final String TOPIC = "fovea.images";

  @TempDir private Path directory;
  private EmbeddedRegistry server;
  private HttpSchemaRegistry registry;
  private ScreeningImage image;
  private AvroSerde<ScreeningImage> ours;

  @BeforeEach
  void start() throws IOException {
    server = EmbeddedRegistry.start(directory, 0);
    registry = new HttpSchemaRegistry(List.of(server.url()));
    ours = new AvroSerde<>(ScreeningImage.class, registry);
    RecordSamples sample = RecordSamples.recorded(ScreeningImage.class).getFirst();
    image = ConfluentSerdeContract.record(ScreeningImage.class, sample.schema(), sample.avro());
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void whatEitherWritesTheOtherReads() {
    try (Serde<ScreeningImage> theirs = load().of(ScreeningImage.class)) {
      byte[] wire = theirs.serializer().serialize(TOPIC, image);
      byte[] own = ours.serializer().serialize(TOPIC, image);

      assertThat(Arrays.copyOf(wire, 5)).isEqualTo(Arrays.copyOf(own, 5));
      assertThat(ours.deserializer().deserialize(TOPIC, wire)).isEqualTo(image);
      assertThat(theirs.deserializer().deserialize(TOPIC, own)).isEqualTo(image);
      assertThat(theirs.deserializer().deserialize(TOPIC, null)).isNull();
    }
  }

  @Test
  void bytesThatAreNoRecordAreBadRecords() {
    byte[] good = ours.serializer().serialize(TOPIC, image);
    byte[] unknownId = ByteBuffer.wrap(good.clone()).putInt(1, 4711).array();
    try (Serde<ScreeningImage> theirs = load().of(ScreeningImage.class)) {
      for (byte[] bad :
          List.of(Arrays.copyOf(good, 60), new byte[] {7, 0, 0, 0, 1, 2}, unknownId)) {
        assertThatExceptionOfType(SerializationException.class)
            .isThrownBy(() -> theirs.deserializer().deserialize(TOPIC, bad));
      }
    }
  }

  @Test
  void aRecordOfAnotherTypeIsABadRecord() {
    byte[] good = ours.serializer().serialize(TOPIC, image);
    try (Serde<Erasure> theirs = load().of(Erasure.class)) {
      assertThatExceptionOfType(SerializationException.class)
          .isThrownBy(() -> theirs.deserializer().deserialize(TOPIC, good));
    }
  }

  @Test
  void aRegistryThatIsAwayIsNoBadRecord() throws IOException {
    byte[] good = ours.serializer().serialize(TOPIC, image);
    try (Serde<ScreeningImage> theirs = load().of(ScreeningImage.class)) {
      server.close();

      assertThatExceptionOfType(RetriableException.class)
          .isThrownBy(() -> theirs.deserializer().deserialize(TOPIC, good));
      assertThatExceptionOfType(RetriableException.class)
          .isThrownBy(() -> theirs.serializer().serialize(TOPIC, image));
    }
  }

  @Test
  void aSchemaThatTheRegistryRefusesIsAMatterOfConfiguration() throws IOException {
    registry.compatibility(TOPIC + "-value", "BACKWARD_TRANSITIVE");
    registry.register(TOPIC + "-value", SchemaRegistryContract.ONE);
    try (Serde<ScreeningImage> theirs = load().of(ScreeningImage.class)) {
      assertThatExceptionOfType(InvalidConfigurationException.class)
          .isThrownBy(() -> theirs.serializer().serialize(TOPIC, image));
    }
  }

  @Test
  void aClassThatCannotServeIsNamedAtOnce() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load("io.nowhere.Serde"))
        .withMessageContaining("io.nowhere.Serde")
        .withMessageContaining("class path");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load("java.lang.String"))
        .withMessageContaining("is not a org.apache.kafka.common.serialization.Serde");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(AvroSerde.class.getName()))
        .withMessageContaining("constructor without parameters");
  }

  private NamedSerdes load() {
    return load(ConfluentSerde.class.getName());
  }

  private NamedSerdes load(String name) {
    return NamedSerdes.load(name, Map.of("schema.registry.url", server.url().toString()), registry);
  }
}
