package fovea.wire;

import fovea.schema.ScreeningImage;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;

/**
 * Serdes of a class that the configuration names, for instance Confluent's {@code
 * SpecificAvroSerde}.
 *
 * <p>Each is made by its public constructor without parameters and configured once, as a value's
 * serde, with the given keys and, where they do not say otherwise, {@code
 * avro.remove.java.properties=true}, without which it would register other schemas than Fovea does.
 * {@code specific.avro.reader} is always true, and {@code specific.avro.value.type} names the
 * record class. Its deserializer may be called by several threads, one after the other.
 *
 * <p>It must throw a {@link org.apache.kafka.common.errors.SerializationException} for bytes that
 * are no such record. Where it throws one because the registry is away or refuses, as Confluent's
 * does, the cause tells, and what leaves here is the exception that {@link AvroSerde} would have
 * thrown. Thread-safe.
 */
public final class NamedSerdes implements AvroSerdes {
  /** The setting that names the class. */
  public static final String SETTING = "serde.specific.avro";

  private final Class<?> named;
  private final Map<String, ?> configs;
  private final SchemaRegistry registry;

  private NamedSerdes(Class<?> named, Map<String, ?> configs, SchemaRegistry registry) {
    this.named = named;
    this.configs = Map.copyOf(configs);
    this.registry = registry;
  }

  /**
   * Finds the class, and makes and configures one, so that what is wrong is seen at once.
   *
   * @param configs Confluent's keys, {@code schema.registry.url} among them
   * @throws ConfigException if there is no such class or it is no serde
   */
  public static NamedSerdes load(String name, Map<String, ?> configs, SchemaRegistry registry) {
    Class<?> named;
    try {
      named = Class.forName(name, true, NamedSerdes.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new ConfigException(SETTING, name, "no such class: is its jar on the class path?");
    } catch (LinkageError e) {
      throw new ConfigException(SETTING, name, "does not load: " + e);
    }
    if (!Serde.class.isAssignableFrom(named)) {
      throw new ConfigException(SETTING, name, "is not a " + Serde.class.getName());
    }
    NamedSerdes serdes = new NamedSerdes(named, configs, registry);
    serdes.of(ScreeningImage.class).close();
    return serdes;
  }

  @Override
  public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
    Serde<?> serde = make();
    serde.configure(configs(type), false);
    return new NamedSerde<>(type, serde);
  }

  @Override
  public SchemaRegistry registry() {
    return registry;
  }

  private Serde<?> make() {
    try {
      return (Serde<?>) named.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new ConfigException(
          SETTING, named.getName(), "cannot be made by a constructor without parameters: " + why);
    }
  }

  private Map<String, Object> configs(Class<?> type) {
    Map<String, Object> out = new HashMap<>();
    out.put(WireSettings.REMOVE_JAVA_PROPERTIES, "true");
    out.putAll(configs);
    out.put(WireSettings.SPECIFIC, "true");
    out.put("specific.avro.value.type", type.getName());
    return out;
  }
}
