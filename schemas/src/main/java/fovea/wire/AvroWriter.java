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
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Records to wire bytes. Thread-safe: as many encoders as there are threads at once. */
final class AvroWriter<T extends SpecificRecord> implements Serializer<T> {
  private final Schema schema;
  private final SpecificData model;
  private final WriterSchemas schemas;
  private final Map<Integer, Queue<RecordEncoder<T>>> encoders = new ConcurrentHashMap<>();

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
    Queue<RecordEncoder<T>> idle =
        encoders.computeIfAbsent(with.id(), any -> new ConcurrentLinkedQueue<>());
    RecordEncoder<T> waiting = idle.poll();
    RecordEncoder<T> encoder = waiting == null ? new RecordEncoder<>(with, model) : waiting;
    try {
      byte[] wire = encoder.encode(value);
      if (encoder.lean()) {
        idle.add(encoder);
      }
      return wire;
    } catch (IOException
        | AvroRuntimeException
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      throw new SerializationException("record for " + topic + " does not encode", e);
    }
  }
}
