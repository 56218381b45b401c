package fovea.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Topic and wire bytes to Avro binary of the record's class, by Confluent's KafkaAvroDeserializer
 * with {@code specific.avro.reader}. Lives in {@link ConfluentPeer}'s class loader and speaks only
 * the JDK's types to the outside.
 */
public final class ConfluentReader implements BiFunction<String, byte[], byte[]> {
  private final Deserializer<?> deserializer;

  /** Reads as the configuration says. */
  public ConfluentReader(Map<String, ?> configs) throws ReflectiveOperationException {
    deserializer =
        Class.forName("io.confluent.kafka.serializers.KafkaAvroDeserializer")
            .asSubclass(Deserializer.class)
            .getConstructor()
            .newInstance();
    deserializer.configure(configs, false);
  }

  @Override
  public byte[] apply(String topic, byte[] wire) {
    SpecificRecord record = (SpecificRecord) deserializer.deserialize(topic, wire);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(record.getClass()))
          .write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
