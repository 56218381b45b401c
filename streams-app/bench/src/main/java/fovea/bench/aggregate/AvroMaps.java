package fovea.bench.aggregate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link FloatMaps} as an Avro record with two arrays of floats, by Avro's generic classes. */
final class AvroMaps implements Serde<FloatMaps> {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Maps")
          .fields()
          .requiredLong("n")
          .name("mean")
          .type(Schema.createArray(Schema.create(Schema.Type.FLOAT)))
          .noDefault()
          .name("squares")
          .type(Schema.createArray(Schema.create(Schema.Type.FLOAT)))
          .noDefault()
          .endRecord();

  private final GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(SCHEMA);
  private final GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(SCHEMA);

  @Override
  public Serializer<FloatMaps> serializer() {
    return (topic, maps) -> bytes(maps);
  }

  @Override
  public Deserializer<FloatMaps> deserializer() {
    return (topic, bytes) -> read(bytes);
  }

  private byte[] bytes(FloatMaps maps) {
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("n", maps.n());
    record.put("mean", new Floats(maps.mean()));
    record.put("squares", new Floats(maps.squares()));
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 10);
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private FloatMaps read(byte[] bytes) {
    try {
      GenericRecord record = reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
      return new FloatMaps(
          (long) record.get("n"), floats(record.get("mean")), floats(record.get("squares")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] floats(Object array) {
    List<?> list = (List<?>) array;
    float[] out = new float[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) list.get(i);
    }
    return out;
  }

  /** Floats as Avro takes them. */
  private static final class Floats extends AbstractList<Float> {
    private final float[] floats;

    private Floats(float[] floats) {
      this.floats = floats;
    }

    @Override
    public Float get(int index) {
      return floats[index];
    }

    @Override
    public int size() {
      return floats.length;
    }
  }
}
