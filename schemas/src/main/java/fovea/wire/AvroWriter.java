package fovea.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Records to wire bytes. Thread-safe. */
final class AvroWriter<T extends SpecificRecord> implements Serializer<T> {
  private final Schema schema;
  private final SpecificData model;
  private final WriterSchemas schemas;

  AvroWriter(Class<T> type, WriterSchemas schemas) {
    this.model = new RecordModel(type);
    this.schema = model.getSchema(type);
    this.schemas = schemas;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T value) {
    if (value == null) {
      return null;
    }
    SchemaRegistry.Registered with = schemas.of(topic, schema);
    try {
      return encode(value, with);
    } catch (IOException
        | AvroRuntimeException
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      throw new SerializationException("record for " + topic + " does not encode", e);
    }
  }

  private byte[] encode(T value, SchemaRegistry.Registered with) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    WireFormat.writeHeader(out, with.id());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<T>(with.schema(), model).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
