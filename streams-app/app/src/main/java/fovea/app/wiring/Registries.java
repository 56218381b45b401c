package fovea.app.wiring;

import fovea.app.config.ConfigException;
import fovea.app.ingest.Connection;
import fovea.wire.AvroSerdes;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.NamedSerdes;
import fovea.wire.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the schema registry's client and the serdes in front of it. */
public final class Registries {
  private Registries() {}

  /** A client of the connection's registry, with Confluent's own keys; close it. */
  public static HttpSchemaRegistry of(Connection connection) {
    return HttpSchemaRegistry.from(configs(connection));
  }

  /**
   * The serdes that the connection names, or else Fovea's own.
   *
   * @throws ConfigException if the named class cannot be used
   */
  public static AvroSerdes serdes(Connection connection, SchemaRegistry registry) {
    if (connection.serde().isEmpty()) {
      return AvroSerdes.own(registry);
    }
    try {
      return NamedSerdes.load(connection.serde().get(), configs(connection), registry);
    } catch (org.apache.kafka.common.config.ConfigException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> configs(Connection connection) {
    Map<String, Object> configs = new HashMap<>(connection.registryProperties());
    configs.put(
        "schema.registry.url",
        connection.registry().stream().map(Object::toString).collect(Collectors.joining(",")));
    return configs;
  }
}
