package fovea.wire;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Wire bytes to records: the writer's schema by its id, resolved to the record class's own. */
final class AvroReader<T extends SpecificRecord> implements Deserializer<T> {
  private final Schema schema;
  private final SpecificData model;
  private final SchemaRegistry registry;
  private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();

  AvroReader(Class<T> type, SchemaRegistry registry) {
    this.model = new RecordModel(type);
    this.schema = model.getSchema(type);
    this.registry = registry;
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] wire) {
    if (wire == null) {
      return null;
    }
    int id = WireFormat.schemaId(wire);
    DatumReader<T> reader = reader(id);
    try {
      return decode(reader, wire);
    } catch (IOException
        | AvroRuntimeException
        | ArithmeticException
        | ClassCastException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw new SerializationException(
          "does not decode as " + schema.getName() + " with schema id " + id, e);
    }
  }

  // Avro takes null where there is no record to fill anew.
  @SuppressWarnings("NullAway")
  private T decode(DatumReader<T> reader, byte[] wire) throws IOException {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                wire, WireFormat.HEADER, wire.length - WireFormat.HEADER, (BinaryDecoder) null);
    T value = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left over after the record");
    }
    return value;
  }

  private DatumReader<T> reader(int id) {
    DatumReader<T> known = readers.get(id);
    if (known != null) {
      return known;
    }
    try {
      Schema written = registry.byId(id);
      return readers.computeIfAbsent(id, any -> new SpecificDatumReader<>(written, schema, model));
    } catch (IOException e) {
      throw RegistryFailure.whileReading(e, id);
    }
  }
}
