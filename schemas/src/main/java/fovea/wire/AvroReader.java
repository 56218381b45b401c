package fovea.wire;

import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Wire bytes to records: the writer's schema by its id, resolved to the record class's own.
 * Thread-safe: as many decoders as there are threads at once.
 */
final class AvroReader<T extends SpecificRecord> implements Deserializer<T> {
  private final Schema schema;
  private final SpecificData model;
  private final SchemaRegistry registry;
  private final Map<Integer, Pool<T>> pools = new ConcurrentHashMap<>();

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
    Pool<T> pool = pool(id);
    try {
      RecordDecoder<T> waiting = pool.idle().poll();
      RecordDecoder<T> decoder =
          waiting == null ? new RecordDecoder<>(pool.written(), schema, model) : waiting;
      T value = decoder.decode(wire);
      pool.idle().add(decoder);
      return value;
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

  private Pool<T> pool(int id) {
    Pool<T> known = pools.get(id);
    if (known != null) {
      return known;
    }
    try {
      Schema written = registry.byId(id);
      return pools.computeIfAbsent(id, any -> new Pool<>(written, new ConcurrentLinkedQueue<>()));
    } catch (IOException e) {
      throw RegistryFailure.whileReading(e, id);
    }
  }

  /** The decoders of one writer's schema that no thread uses now. */
  private record Pool<T extends SpecificRecord>(Schema written, Queue<RecordDecoder<T>> idle) {}
}
