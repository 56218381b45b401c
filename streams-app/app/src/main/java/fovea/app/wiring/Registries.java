package fovea.app.wiring;

import fovea.app.ingest.Connection;
import fovea.wire.HttpSchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the schema registry's client. */
public final class Registries {
  private Registries() {}

  /** A client of the connection's registry, with Confluent's own keys; close it. */
  public static HttpSchemaRegistry of(Connection connection) {
    Map<String, Object> config = new HashMap<>(connection.registryProperties());
    config.put(
        "schema.registry.url",
        connection.registry().stream().map(Object::toString).collect(Collectors.joining(",")));
    return HttpSchemaRegistry.from(config);
  }
}
