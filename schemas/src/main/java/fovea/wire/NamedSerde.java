package fovea.wire;

import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A foreign serde, held to one record type and to what its errors must mean. */
final class NamedSerde<T extends SpecificRecord> implements Serde<T> {
  private final Class<T> type;
  private final Serde<?> foreign;

  NamedSerde(Class<T> type, Serde<?> foreign) {
    this.type = type;
    this.foreign = foreign;
  }

  @Override
  @SuppressWarnings("unchecked") // it was configured for records, of which this is one
  public Serializer<T> serializer() {
    Serializer<Object> writer = (Serializer<Object>) foreign.serializer();
    return (topic, value) -> {
      try {
        return writer.serialize(topic, value);
      } catch (SerializationException e) {
        throw ForeignFailure.whileWriting(e, topic);
      }
    };
  }

  @Override
  public Deserializer<T> deserializer() {
    Deserializer<?> reader = foreign.deserializer();
    return (topic, wire) -> {
      try {
        return held(reader.deserialize(topic, wire));
      } catch (SerializationException e) {
        throw ForeignFailure.whileReading(e, topic);
      }
    };
  }

  @Override
  public void close() {
    foreign.close();
  }

  private @Nullable T held(@Nullable Object value) {
    if (value == null || type.isInstance(value)) {
      return type.cast(value);
    }
    if (value instanceof GenericRecord && !(value instanceof SpecificRecord)) {
      throw new InvalidConfigurationException(
          NamedSerdes.SETTING + " reads generic records, not " + type.getSimpleName());
    }
    throw new SerializationException(
        "a " + value.getClass().getName() + ", not a " + type.getSimpleName());
  }
}
