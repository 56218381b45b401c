package fovea.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * A schema registry with Confluent's REST interface, over HTTP. What an id means and which id a
 * schema has is asked once and kept. A call that meets no answer, a 429 or a 5xx goes to the next
 * address and, after a growing pause, round again, as often as the policy says; then it fails.
 * Thread-safe; close it to let its connections go.
 */
public final class HttpSchemaRegistry implements SchemaRegistry, AutoCloseable {
  private final RegistryHttp http;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();

  private record Registration(String subject, String schema) {}

  public HttpSchemaRegistry(RegistryClientPolicy policy) {
    this.http = new RegistryHttp(policy);
  }

  /** A client of these addresses without authentication and with the default patience. */
  public HttpSchemaRegistry(List<URI> urls) {
    this(RegistryClientPolicy.of(urls, RegistryAuth.none()));
  }

  /**
   * A client by Confluent's configuration keys.
   *
   * @throws ConfigException for a missing address or one that is none
   */
  public static HttpSchemaRegistry from(Map<String, ?> configs) {
    List<URI> urls = WireSettings.urls(configs).stream().map(HttpSchemaRegistry::uri).toList();
    return new HttpSchemaRegistry(RegistryClientPolicy.of(urls, RegistryAuth.from(configs)));
  }

  @Override
  public int register(String subject, Schema schema) throws IOException {
    return id(subject, schema, versions(subject));
  }

  @Override
  public int lookup(String subject, Schema schema) throws IOException {
    return id(subject, schema, subject(subject));
  }

  @Override
  public Registered latest(String subject) throws IOException {
    JsonNode answer = http.get(versions(subject) + "/latest");
    return new Registered(number(answer, "id"), schema(answer));
  }

  @Override
  public Schema byId(int id) throws IOException {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    Schema fetched = schema(http.get("/schemas/ids/" + id));
    schemas.put(id, fetched);
    return fetched;
  }

  @Override
  public boolean compatible(String subject, Schema schema) throws IOException {
    String path = "/compatibility" + versions(subject) + "/latest";
    try {
      return http.send("POST", path, body("schema", schema.toString()))
          .path("is_compatible")
          .asBoolean();
    } catch (RegistryException e) {
      if (e.status() == 404 && e.code() / 100 == 404) {
        return true;
      }
      throw e;
    }
  }

  @Override
  public Optional<String> compatibility(String subject) throws IOException {
    try {
      return Optional.of(http.get(config(subject)).path("compatibilityLevel").asText());
    } catch (RegistryException e) {
      if (e.code() == RegistryException.LEVEL_NOT_SET
          || e.code() == RegistryException.SUBJECT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void compatibility(String subject, String level) throws IOException {
    http.send("PUT", config(subject), body("compatibility", level));
  }

  @Override
  public void close() {
    http.close();
  }

  private int id(String subject, Schema schema, String path) throws IOException {
    Registration registration = new Registration(subject, schema.toString());
    Integer known = ids.get(registration);
    if (known != null) {
      return known;
    }
    int id = number(http.send("POST", path, body("schema", registration.schema())), "id");
    ids.put(registration, id);
    return id;
  }

  private Schema schema(JsonNode answer) throws IOException {
    return new FetchedSchema(http).parse(answer);
  }

  private static int number(JsonNode answer, String field) throws IOException {
    if (!answer.path(field).canConvertToInt()) {
      throw new IOException("the registry's answer has no '" + field + "'");
    }
    return answer.path(field).asInt();
  }

  private static ObjectNode body(String field, String value) {
    return JsonNodeFactory.instance.objectNode().put(field, value);
  }

  private static String subject(String subject) {
    return "/subjects/" + RegistryAddress.segment(subject);
  }

  private static String versions(String subject) {
    return subject(subject) + "/versions";
  }

  private static String config(String subject) {
    return "/config/" + RegistryAddress.segment(subject);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("'" + WireSettings.URL + "' holds what is no address");
    }
  }
}
