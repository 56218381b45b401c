package fovea.app.ingest;

import fovea.wire.Topics;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How to reach a Fovea by its topics.
 *
 * @param bootstrapServers the brokers
 * @param registry the schema registry's URLs
 * @param topics topic names
 * @param properties handed to every Kafka client as they are
 * @param registryProperties handed to the registry's client as they are
 */
public record Connection(
    String bootstrapServers,
    List<URI> registry,
    Topics topics,
    Map<String, String> properties,
    Map<String, String> registryProperties) {

  /** Properties of a client, with {@code more} on top. */
  public Map<String, Object> client(Map<String, Object> more) {
    Map<String, Object> out = new HashMap<>(properties);
    out.put("bootstrap.servers", bootstrapServers);
    out.putAll(more);
    return out;
  }
}
