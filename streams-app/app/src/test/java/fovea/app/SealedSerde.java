package fovea.app;

import fovea.wire.AvroSerde;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A foreign serde whose bytes Fovea's own cannot read, nor the other way: theirs behind a seal. */
@SuppressWarnings("NullAway.Init") // whoever makes a serde configures it
public final class SealedSerde implements Serde<SpecificRecord> {
  static final byte SEAL = 0x5e;

  private AvroSerde<SpecificRecord> inside;

  @Override
  @SuppressWarnings("unchecked") // it is configured for records of this class
  public void configure(Map<String, ?> configs, boolean isKey) {
    try {
      inside =
          new AvroSerde<>(
              (Class<SpecificRecord>)
                  Class.forName(String.valueOf(configs.get("specific.avro.value.type"))));
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(e);
    }
    inside.configure(configs, isKey);
  }

  @Override
  public Serializer<SpecificRecord> serializer() {
    return (topic, value) ->
        value == null ? null : sealed(inside.serializer().serialize(topic, value));
  }

  @Override
  public Deserializer<SpecificRecord> deserializer() {
    return (topic, wire) ->
        wire == null ? null : inside.deserializer().deserialize(topic, opened(wire));
  }

  @Override
  public void close() {
    inside.close();
  }

  private static byte[] sealed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(SEAL);
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  private static byte[] opened(byte[] wire) {
    if (wire.length == 0 || wire[0] != SEAL) {
      throw new SerializationException("not sealed");
    }
    return Arrays.copyOfRange(wire, 1, wire.length);
  }
}
