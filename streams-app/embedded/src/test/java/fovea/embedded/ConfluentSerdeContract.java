package fovea.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.ScreeningImage;
import fovea.wire.AvroSerde;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.PortableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fovea's serde and Confluent's own are one on the wire, whichever registry stands behind them. */
abstract class ConfluentSerdeContract {
  private final ConfluentPeer confluent = ConfluentPeer.get();
  private HttpSchemaRegistry registry;
  private Map<String, String> configs;
  private BiFunction<String, byte[], byte[]> reader;

  /** The address of the registry that both share. */
  abstract URI url() throws IOException;

  @BeforeEach
  void meetAtTheRegistry() throws IOException {
    URI url = url();
    registry = new HttpSchemaRegistry(List.of(url));
    configs =
        Map.of(
            "schema.registry.url", url.toString(),
            "specific.avro.reader", "true",
            "avro.remove.java.properties", "true");
    reader = confluent.reader(configs);
  }

  @AfterEach
  void letGo() {
    registry.close();
  }

  @Test
  void confluentReadsWhatFoveaWrites() throws IOException {
    for (RecordSamples sample : RecordSamples.all()) {
      SpecificRecord record = record(sample.type(), sample.schema(), sample.avro());

      byte[] read = reader.apply(sample.topic(), write(sample, record));

      assertThat(content(record(sample.type(), record.getSchema(), read)))
          .as(sample.topic())
          .isEqualTo(content(record));
    }
  }

  @Test
  void foveaReadsWhatConfluentWrites() throws IOException {
    for (RecordSamples sample : RecordSamples.all()) {
      byte[] wire = confluent.writer(configs, sample.schema()).apply(sample.topic(), sample.avro());

      SpecificRecord read =
          new AvroSerde<>(sample.type(), registry).deserializer().deserialize(sample.topic(), wire);

      assertThat(content(read))
          .as(sample.topic())
          .isEqualTo(content(record(sample.type(), sample.schema(), sample.avro())));
    }
  }

  /** As Avro binary: Avro cannot compare arrays of records that may hold a point in time. */
  private static <T extends SpecificRecord> byte[] content(T record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    SpecificData model = SpecificData.getForClass(record.getClass());
    new SpecificDatumWriter<T>(record.getSchema(), model).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @Test
  void bothWriteUnderOneIdWhoeverIsFirst() throws IOException {
    for (RecordSamples sample : RecordSamples.all()) {
      SpecificRecord record = record(sample.type(), sample.schema(), sample.avro());
      byte[] ours = write(sample, record);
      byte[] theirs =
          confluent.writer(configs, sample.schema()).apply(sample.topic(), sample.avro());
      byte[] theirsFirst =
          confluent
              .writer(configs, sample.schema())
              .apply("first." + sample.topic(), sample.avro());

      assertThat(header(theirs)).as(sample.topic()).isEqualTo(header(ours));
      assertThat(header(theirsFirst)).as(sample.topic()).isEqualTo(header(ours));
      assertThat(theirs).hasSameSizeAs(ours);
      Schema kept = registry.latest(sample.topic() + "-value").schema();
      assertThat(kept).isEqualTo(PortableSchema.of(record.getSchema()));
    }
  }

  @Test
  void bothReadARecordOfAnEarlierWriterAlike() throws IOException {
    RecordSamples sample = RecordSamples.recorded(ScreeningImage.class).getFirst();
    Schema earlier = without(sample.schema(), "softwareVersion", "strata");
    byte[] old = reduced(sample, earlier);
    String topic = "earlier." + sample.topic();

    byte[] wire = confluent.genericWriter(configs, earlier).apply(topic, old);
    byte[] theirs = reader.apply(topic, wire);

    ScreeningImage ours =
        new AvroSerde<>(ScreeningImage.class, registry).deserializer().deserialize(topic, wire);
    assertThat(ours.getSoftwareVersion()).isNull();
    assertThat(ours.getPayload())
        .isEqualTo(record(ScreeningImage.class, sample.schema(), sample.avro()).getPayload());
    assertThat(record(ScreeningImage.class, ours.getSchema(), theirs)).isEqualTo(ours);
  }

  @SuppressWarnings("unchecked") // the record is of the sample's type
  private <T extends SpecificRecord> byte[] write(RecordSamples sample, SpecificRecord record) {
    return new AvroSerde<>((Class<T>) sample.type(), registry)
        .serializer()
        .serialize(sample.topic(), (T) record);
  }

  private static byte[] header(byte[] wire) {
    return Arrays.copyOf(wire, 5);
  }

  /** Avro binary to the record class, as it would come from any topic. */
  static <T extends SpecificRecord> T record(Class<T> type, Schema written, byte[] avro)
      throws IOException {
    InMemorySchemaRegistry one = new InMemorySchemaRegistry();
    int id = one.register("any-value", written);
    byte[] wire = ByteBuffer.allocate(5 + avro.length).put((byte) 0).putInt(id).put(avro).array();
    return new AvroSerde<>(type, one).deserializer().deserialize("any", wire);
  }

  private static Schema without(Schema schema, String... names) {
    List<Schema.Field> fields =
        schema.getFields().stream()
            .filter(field -> !Arrays.asList(names).contains(field.name()))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  /** The same record with the fields that an earlier writer knew. */
  @SuppressWarnings("NullAway") // Avro takes null where there is no record to fill anew
  private static byte[] reduced(RecordSamples sample, Schema earlier) throws IOException {
    return RecordSamples.binary(
        earlier,
        new GenericDatumReader<>(sample.schema(), earlier)
            .read(null, DecoderFactory.get().binaryDecoder(sample.avro(), null)));
  }
}
