package fovea.embedded;

import fovea.wire.AvroSerde;
import fovea.wire.InMemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's own serializers as the serde that a configuration may name: what their
 * SpecificAvroSerde is, with their class loader and ours bridged by Avro's bytes.
 */
@SuppressWarnings("NullAway.Init") // whoever makes a serde configures it
public final class ConfluentSerde implements Serde<SpecificRecord> {
  private final InMemorySchemaRegistry bridge = new InMemorySchemaRegistry();
  private final ConfluentPeer confluent = ConfluentPeer.get();
  private BiFunction<String, byte[], byte[]> writer;
  private BiFunction<String, byte[], byte[]> reader;
  private AvroSerde<? extends SpecificRecord> ours;
  private Schema schema;

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    try {
      Class<? extends SpecificRecord> type =
          Class.forName(String.valueOf(configs.get("specific.avro.value.type")))
              .asSubclass(SpecificRecord.class);
      schema = type.getConstructor().newInstance().getSchema();
      ours = new AvroSerde<>(type, bridge);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    writer = confluent.writer(new HashMap<>(configs), schema);
    reader = confluent.reader(new HashMap<>(configs));
  }

  @Override
  public Serializer<SpecificRecord> serializer() {
    return (topic, value) -> value == null ? null : theirs(() -> writer.apply(topic, avro(value)));
  }

  @Override
  public Deserializer<SpecificRecord> deserializer() {
    return (topic, wire) -> wire == null ? null : record(theirs(() -> reader.apply(topic, wire)));
  }

  @SuppressWarnings("unchecked") // it was configured for records of this class
  private byte[] avro(SpecificRecord value) {
    byte[] wire = ((AvroSerde<SpecificRecord>) ours).serializer().serialize("bridge", value);
    return Arrays.copyOfRange(wire, 5, wire.length);
  }

  private SpecificRecord record(byte[] avro) {
    try {
      int id = bridge.register("bridge-value", schema);
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      wire.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
      wire.writeBytes(avro);
      return ours.deserializer().deserialize("bridge", wire.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Theirs are thrown as our Kafka's of the same name: on one class path they would be the same.
   */
  private static byte[] theirs(Supplier<byte[]> call) {
    // Run here and now; a future, because no type of theirs can be caught by name.
    CompletableFuture<byte[]> future = CompletableFuture.supplyAsync(call, Runnable::run);
    if (!future.isCompletedExceptionally()) {
      return future.join();
    }
    RuntimeException failure = (RuntimeException) cause(future.exceptionNow());
    String name = failure.getClass().getName();
    throw name.startsWith("org.apache.kafka.common.errors.") ? ours(name, failure) : failure;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failure;
  }

  private static RuntimeException ours(String name, RuntimeException theirs) {
    try {
      return Class.forName(name)
          .asSubclass(KafkaException.class)
          .getConstructor(String.class, Throwable.class)
          .newInstance(theirs.getMessage(), theirs.getCause());
    } catch (ReflectiveOperationException e) {
      return theirs;
    }
  }
}
