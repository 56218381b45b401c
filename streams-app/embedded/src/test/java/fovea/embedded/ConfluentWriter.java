package fovea.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Topic and Avro binary to wire bytes, by Confluent's KafkaAvroSerializer. Lives in {@link
 * ConfluentPeer}'s class loader and speaks only the JDK's types to the outside.
 */
public final class ConfluentWriter implements BiFunction<String, byte[], byte[]> {
  private final Serializer<Object> serializer;
  private final DatumReader<Object> reader;

  /** Writes what was encoded with {@code schema}, as records of its class or as generic ones. */
  public ConfluentWriter(Map<String, ?> configs, String schema, Boolean specific)
      throws ReflectiveOperationException {
    serializer = confluent();
    serializer.configure(configs, false);
    Schema written = new Schema.Parser().parse(schema);
    reader = specific ? specific(written) : new GenericDatumReader<>(written);
  }

  @SuppressWarnings("unchecked") // it takes records and generic ones
  private static Serializer<Object> confluent() throws ReflectiveOperationException {
    return (Serializer<Object>)
        Class.forName("io.confluent.kafka.serializers.KafkaAvroSerializer")
            .asSubclass(Serializer.class)
            .getConstructor()
            .newInstance();
  }

  private static DatumReader<Object> specific(Schema written) throws ReflectiveOperationException {
    SpecificRecord record =
        Class.forName(written.getFullName())
            .asSubclass(SpecificRecord.class)
            .getConstructor()
            .newInstance();
    return new SpecificDatumReader<>(
        written, record.getSchema(), SpecificData.getForClass(record.getClass()));
  }

  @Override
  @SuppressWarnings("NullAway") // Avro takes null where there is no record to fill anew
  public byte[] apply(String topic, byte[] avro) {
    try {
      return serializer.serialize(
          topic, reader.read(null, DecoderFactory.get().binaryDecoder(avro, null)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
