package fovea.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.schema.Certificate;
import fovea.schema.Contribution;
import fovea.schema.Delta;
import fovea.schema.Erasure;
import fovea.schema.ScreeningImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final String TOPIC = "fovea.erasures";

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final AvroSerde<Erasure> erasures = new AvroSerde<>(Erasure.class, registry);

  @Test
  void recordsWithInstantsDatesUnionsAndBytesComeBackEqual() {
    assertThat(roundTrip(ScreeningImage.class, Samples.image())).isEqualTo(Samples.image());
    Delta delta = new Delta(null, Samples.contribution(), null);
    assertThat(roundTrip(Delta.class, delta)).isEqualTo(delta);
    assertThat(List.copyOf(roundTrip(Certificate.class, Samples.certificate()).getRemoved()))
        .isEqualTo(Samples.certificate().getRemoved());
    assertThat(roundTrip(Contribution.class, Samples.contribution()))
        .isEqualTo(Samples.contribution());
  }

  @Test
  void bytesBeginWithZeroAndTheBigEndianSchemaId() throws IOException {
    registry.register("another-value", Schema.create(Schema.Type.LONG));

    byte[] wire = erasures.serializer().serialize(TOPIC, Samples.erasure());

    assertThat(Arrays.copyOf(wire, 5)).containsExactly(0, 0, 0, 0, 2);
    assertThat(registry.latest(TOPIC + "-value").id()).isEqualTo(2);
  }

  @Test
  void nullIsATombstoneBothWays() {
    assertThat(erasures.serializer().serialize(TOPIC, null)).isNull();
    assertThat(erasures.deserializer().deserialize(TOPIC, null)).isNull();
  }

  @Test
  void theRegisteredSchemaHasNoJavaPropertyAndItsSubjectIsBackwardTransitive() throws IOException {
    erasures.serializer().serialize(TOPIC, Samples.erasure());

    assertThat(registry.latest(TOPIC + "-value").schema().toString())
        .doesNotContain("avro.java.string")
        .contains("effectiveAt");
    assertThat(registry.compatibility(TOPIC + "-value")).contains("BACKWARD_TRANSITIVE");
  }

  @Test
  void aStricterLevelOfTheSubjectStays() throws IOException {
    registry.compatibility(TOPIC + "-value", "FULL_TRANSITIVE");

    erasures.serializer().serialize(TOPIC, Samples.erasure());

    assertThat(registry.compatibility(TOPIC + "-value")).contains("FULL_TRANSITIVE");
  }

  @Test
  void aRecordOfAnEarlierSchemaIsReadWithTheDefaultsOfToday() throws IOException {
    Schema earlier =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"Erasure","namespace":"fovea.schema","fields":[
                 {"name":"effectiveAt","type":{"type":"long","logicalType":"timestamp-millis"}},
                 {"name":"gone","type":"int"},
                 {"name":"subjectId","type":"string"}]}
                """);
    int id = registry.register(TOPIC + "-value", earlier);
    byte[] wire =
        ByteBuffer.allocate(9)
            .put((byte) 0)
            .putInt(id)
            .put((byte) 2)
            .put((byte) 14)
            .put((byte) 2)
            .put((byte) 'x')
            .array();

    Erasure read = erasures.deserializer().deserialize(TOPIC, wire);

    assertThat(read.getSubjectId()).isEqualTo("x");
    assertThat(read.getEffectiveAt().toEpochMilli()).isEqualTo(1);
    assertThat(read.getImageId()).isNull();
  }

  @Test
  void damagedBytesAreRecordsThatDoNotDecodeAndNothingElse() {
    AvroSerde<ScreeningImage> serde = new AvroSerde<>(ScreeningImage.class, registry);
    byte[] good = serde.serializer().serialize("fovea.images", Samples.image());
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = damage(good, random);
      try {
        assertThat(serde.deserializer().deserialize("fovea.images", bad)).isNotNull();
      } catch (SerializationException e) {
        refused++;
      }
      if (i % 100 == 0) {
        assertThat(serde.deserializer().deserialize("fovea.images", good))
            .isEqualTo(Samples.image());
      }
    }
    assertThat(refused).isBetween(5_000, 19_999);
  }

  @Test
  void aRecordThatDoesNotEncodeLeavesNothingBehind() {
    byte[] good = erasures.serializer().serialize(TOPIC, Samples.erasure());
    Erasure half = Samples.erasure();
    half.put(half.getSchema().getField("effectiveAt").pos(), null);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> erasures.serializer().serialize(TOPIC, half));
    assertThat(erasures.serializer().serialize(TOPIC, Samples.erasure())).isEqualTo(good);
  }

  @Test
  void manyThreadsAtOnceGetEachTheirOwn() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> each = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        String subject = "s" + i;
        each.add(
            () -> {
              Erasure erasure = Erasure.newBuilder(Samples.erasure()).setSubjectId(subject).build();
              byte[] wire = erasures.serializer().serialize(TOPIC, erasure);
              return erasures.deserializer().deserialize(TOPIC, wire).getSubjectId();
            });
      }
      int i = 0;
      for (Future<String> got : threads.invokeAll(each)) {
        assertThat(got.get()).isEqualTo("s" + i++);
      }
    }
  }

  @Test
  void aHugeElementCountIsRefusedWithoutReservingItsMemory() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> withCount(ScreeningImage.class, Samples.image(), "ageGroup"));
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> withCount(Contribution.class, Samples.contribution(), "EVIDENCE"));
  }

  @Test
  void leftOverBytesShortBytesAForeignFirstByteAndAnUnknownIdAreRefused() {
    byte[] good = erasures.serializer().serialize(TOPIC, Samples.erasure());
    byte[] foreign = good.clone();
    foreign[0] = 1;
    byte[] unknown = good.clone();
    unknown[4] = 99;
    byte[] negative = good.clone();
    negative[1] = -1;

    for (byte[] bad :
        new byte[][] {
          new byte[0],
          {0},
          {0, 0, 0, 0},
          Arrays.copyOf(good, good.length + 1),
          Arrays.copyOf(good, good.length - 1),
          foreign,
          unknown,
          negative
        }) {
      assertThatExceptionOfType(SerializationException.class)
          .isThrownBy(() -> erasures.deserializer().deserialize(TOPIC, bad));
    }
  }

  @Test
  void withoutAutoRegistrationAnUnknownSchemaIsABrokenSetUpAndNotABadRecord() {
    erasures.configure(Map.of("auto.register.schemas", "false"), false);

    assertThatThrownBy(() -> erasures.serializer().serialize(TOPIC, Samples.erasure()))
        .isInstanceOf(InvalidConfigurationException.class)
        .isNotInstanceOf(SerializationException.class);
  }

  @Test
  void withoutAutoRegistrationTheCommittedSchemaIsFound() throws IOException {
    int id = registry.register(TOPIC + "-value", PortableSchema.of(Erasure.getClassSchema()));
    erasures.configure(Map.of("auto.register.schemas", false), false);

    byte[] wire = erasures.serializer().serialize(TOPIC, Samples.erasure());

    assertThat(ByteBuffer.wrap(wire).getInt(1)).isEqualTo(id);
  }

  @Test
  void keysHaveTheirOwnSubject() throws IOException {
    erasures.configure(Map.of(), true);

    erasures.serializer().serialize(TOPIC, Samples.erasure());

    assertThat(registry.latest(TOPIC + "-key").id()).isEqualTo(1);
  }

  @Test
  void whatTheSerdeCannotHonourIsRefused() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> new AvroSerde<>(Erasure.class).configure(Map.of(), false))
        .withMessageContaining("schema.registry.url");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> erasures.configure(Map.of("specific.avro.reader", false), false));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                erasures.configure(
                    Map.of(
                        "value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.RecordNameStrategy"),
                    false));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> new AvroSerde<>(Erasure.class).serializer());
  }

  private <T extends SpecificRecord> T roundTrip(Class<T> type, T value) {
    AvroSerde<T> serde = new AvroSerde<>(type, registry);
    String topic = type.getSimpleName();
    return serde.deserializer().deserialize(topic, serde.serializer().serialize(topic, value));
  }

  /**
   * Reads the record after the count in front of the collection that begins with a text is huge.
   */
  private <T extends SpecificRecord> T withCount(Class<T> type, T value, String first) {
    AvroSerde<T> serde = new AvroSerde<>(type, registry);
    byte[] good = serde.serializer().serialize("t" + first, value);
    int count = indexOf(good, first.getBytes(StandardCharsets.UTF_8)) - 2;
    assertThat(good[count]).isEqualTo((byte) 2);
    byte[] bad =
        ByteBuffer.allocate(good.length + 4)
            .put(good, 0, count)
            .put(new byte[] {(byte) 0xc0, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f})
            .put(good, count + 1, good.length - count - 1)
            .array();
    return serde.deserializer().deserialize("t" + first, bad);
  }

  private static byte[] damage(byte[] good, Random random) {
    byte[] bad = good.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bad[5 + random.nextInt(bad.length - 5)] = (byte) random.nextInt(256);
    }
    return random.nextInt(3) == 0 ? Arrays.copyOf(bad, 5 + random.nextInt(bad.length - 5)) : bad;
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int i = 0; i <= in.length - what.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
