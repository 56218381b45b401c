package fovea.wire;

import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Generated Avro records in Confluent's wire format: 0x00, the writer schema's id as four
 * big-endian bytes, Avro binary. The subject is the topic's name with {@code -value} or {@code
 * -key}; a subject that this serde registers under is first set to BACKWARD_TRANSITIVE unless it
 * already holds that or FULL_TRANSITIVE. Null is a tombstone both ways.
 *
 * <p>Bytes that are no such record are a {@link
 * org.apache.kafka.common.errors.SerializationException}; a registry that does not answer is a
 * {@link org.apache.kafka.common.errors.RetriableException}, one that refuses is an authentication,
 * authorization or configuration exception of the same package: never the former. Schemas are asked
 * for once per id and once per topic. Thread-safe once configured.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private final Class<T> type;
  private final @Nullable SchemaRegistry given;
  private @Nullable HttpSchemaRegistry own;
  private @Nullable AvroWriter<T> writer;
  private @Nullable AvroReader<T> reader;

  /** A serde that reaches its registry once {@link #configure} has said where that is. */
  public AvroSerde(Class<T> type) {
    this.type = type;
    this.given = null;
  }

  /** A serde for record values that is ready at once; the registry stays the caller's to close. */
  public AvroSerde(Class<T> type, SchemaRegistry registry) {
    this.type = type;
    this.given = registry;
    connect(registry, WireSettings.defaults(), false);
  }

  /**
   * Takes Confluent's keys: {@code schema.registry.url} (several apart by commas), {@code
   * auto.register.schemas}, {@code use.latest.version}, {@code specific.avro.reader}, {@code
   * avro.remove.java.properties} (here on by default: what is registered equals the committed
   * schema), {@code basic.auth.*}, {@code bearer.auth.*}.
   *
   * @throws ConfigException for a missing address or a value it cannot honour
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    WireSettings settings = WireSettings.from(configs);
    if (given != null) {
      connect(given, settings, isKey);
      return;
    }
    close();
    HttpSchemaRegistry registry = HttpSchemaRegistry.from(configs);
    own = registry;
    connect(registry, settings, isKey);
  }

  @Override
  public Serializer<T> serializer() {
    AvroWriter<T> ready = writer;
    if (ready == null) {
      throw unconfigured();
    }
    return ready;
  }

  @Override
  public Deserializer<T> deserializer() {
    AvroReader<T> ready = reader;
    if (ready == null) {
      throw unconfigured();
    }
    return ready;
  }

  @Override
  public void close() {
    HttpSchemaRegistry registry = own;
    if (registry != null) {
      registry.close();
      own = null;
    }
  }

  private void connect(SchemaRegistry registry, WireSettings settings, boolean isKey) {
    WriterSchemas schemas = new WriterSchemas(registry, settings, isKey ? "-key" : "-value");
    writer = new AvroWriter<>(type, schemas);
    reader = new AvroReader<>(type, registry);
  }

  private IllegalStateException unconfigured() {
    return new IllegalStateException(
        "serde of " + type.getSimpleName() + " needs " + List.of(WireSettings.URL));
  }
}
