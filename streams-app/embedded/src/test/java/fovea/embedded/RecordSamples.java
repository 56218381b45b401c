package fovea.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.Alarm;
import fovea.schema.Certificate;
import fovea.schema.DeadLetter;
import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.ModelEvent;
import fovea.schema.Outcome;
import fovea.schema.ScreeningImage;
import fovea.schema.Validation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/** Records as Avro binary with the schema they were written with. */
final class RecordSamples {
  private static final int SEED = 20;

  private final Class<? extends SpecificRecord> type;
  private final Schema schema;
  private final byte[] avro;

  private RecordSamples(Class<? extends SpecificRecord> type, Schema schema, byte[] avro) {
    this.type = type;
    this.schema = schema;
    this.avro = avro;
  }

  /** Every record that has a topic of its own. */
  static final List<Class<? extends SpecificRecord>> TYPES =
      List.of(
          ScreeningImage.class,
          Explanation.class,
          Outcome.class,
          Erasure.class,
          GlobalExplanation.class,
          Validation.class,
          Alarm.class,
          DeadLetter.class,
          ModelEvent.class,
          Certificate.class);

  /** What a running Fovea wrote: images, their explanations, maps and counters, a served model. */
  static final List<Class<? extends SpecificRecord>> RECORDED =
      List.of(ScreeningImage.class, Explanation.class, GlobalExplanation.class, ModelEvent.class);

  /** One of every type with arbitrary content, and those that were recorded. */
  static List<RecordSamples> all() throws IOException {
    List<RecordSamples> out = new ArrayList<>();
    for (Class<? extends SpecificRecord> type : TYPES) {
      Schema schema = SpecificData.get().getSchema(type);
      out.add(new RecordSamples(type, schema, binary(schema, arbitrary(schema))));
    }
    for (Class<? extends SpecificRecord> type : RECORDED) {
      out.addAll(recorded(type));
    }
    return out;
  }

  static List<RecordSamples> recorded(Class<? extends SpecificRecord> type) throws IOException {
    String name = "/records/" + type.getSimpleName() + ".avro";
    List<RecordSamples> out = new ArrayList<>();
    try (InputStream file = RecordSamples.class.getResourceAsStream(name);
        DataFileStream<Object> records = new DataFileStream<>(file, new GenericDatumReader<>())) {
      for (Object one : records) {
        out.add(new RecordSamples(type, records.getSchema(), binary(records.getSchema(), one)));
      }
    }
    assertThat(out).isNotEmpty();
    return out;
  }

  Class<? extends SpecificRecord> type() {
    return type;
  }

  Schema schema() {
    return schema;
  }

  byte[] avro() {
    return avro;
  }

  String topic() {
    return "samples." + type.getSimpleName();
  }

  private static Object arbitrary(Schema schema) {
    return new RandomData(schema, 1, SEED).iterator().next();
  }

  static byte[] binary(Schema schema, Object record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
