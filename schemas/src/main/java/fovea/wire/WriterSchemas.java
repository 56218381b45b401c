package fovea.wire;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.Schema;

/**
 * Which schema to write a topic's records with, and its id: asked of the registry once per topic
 * and record type. Thread-safe.
 */
final class WriterSchemas {
  private final SchemaRegistry registry;
  private final WireSettings settings;
  private final String suffix;
  private final Map<String, SchemaRegistry.Registered> known = new ConcurrentHashMap<>();
  private final ReentrantLock asking = new ReentrantLock();

  WriterSchemas(SchemaRegistry registry, WireSettings settings, String suffix) {
    this.registry = registry;
    this.settings = settings;
    this.suffix = suffix;
  }

  SchemaRegistry.Registered of(String topic, Schema schema) {
    SchemaRegistry.Registered found = known.get(topic);
    return found != null ? found : ask(topic, schema);
  }

  // Under a lock and not inside computeIfAbsent: the call goes over the network.
  private SchemaRegistry.Registered ask(String topic, Schema schema) {
    asking.lock();
    try {
      SchemaRegistry.Registered found = known.get(topic);
      if (found == null) {
        found = fetch(topic + suffix, schema);
        known.put(topic, found);
      }
      return found;
    } catch (IOException e) {
      throw RegistryFailure.whileWriting(e, topic + suffix);
    } finally {
      asking.unlock();
    }
  }

  private SchemaRegistry.Registered fetch(String subject, Schema schema) throws IOException {
    Schema sent = settings.removeJavaProperties() ? PortableSchema.of(schema) : schema;
    if (settings.autoRegister()) {
      return new SchemaRegistry.Registered(SubjectPolicy.register(registry, subject, sent), schema);
    }
    return settings.useLatest()
        ? registry.latest(subject)
        : new SchemaRegistry.Registered(registry.lookup(subject, sent), schema);
  }
}
