package fovea.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.wire.RegistryException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** One call to the registry: what it carries in its path and body, and the JSON it is answered. */
record RegistryExchange(ServerRequest request, ServerResponse response) {
  static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final JsonMapper JSON = new JsonMapper();

  String subject() {
    return parameter("subject");
  }

  VersionName version() throws RegistryException {
    return VersionName.of(parameter("version"));
  }

  /** The id in the path; what is no number cannot be an id that is known. */
  int id() throws RegistryException {
    String text = parameter("id");
    if (!text.matches("[0-9]{1,9}")) {
      throw RegistryErrors.unknownPath(request.path().path());
    }
    return Integer.parseInt(text);
  }

  boolean asks(String query) {
    return request.query().first(query).map(Boolean::parseBoolean).orElse(false);
  }

  JsonNode body() throws RegistryException {
    JsonNode body = parse(bytes());
    if (!(body instanceof ObjectNode)) {
      throw RegistryErrors.notJson();
    }
    return body;
  }

  Schema schema() throws RegistryException {
    JsonNode body = body();
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO") || !body.path("references").isEmpty()) {
      throw RegistryErrors.invalidSchema("only AVRO without references is supported");
    }
    try {
      return new Schema.Parser().parse(body.path("schema").asText());
    } catch (AvroRuntimeException e) {
      throw withCause(RegistryErrors.invalidSchema(String.valueOf(e.getMessage())), e);
    }
  }

  void answer(Object value) throws JsonProcessingException {
    send(200, JSON.writeValueAsString(value));
  }

  void answerSchema(Schema schema) {
    send(200, schema.toString());
  }

  void refuse(RegistryException e) throws JsonProcessingException {
    String message = String.valueOf(e.getMessage());
    send(e.status(), JSON.writeValueAsString(Map.of("error_code", e.code(), "message", message)));
  }

  private static JsonNode parse(byte[] bytes) throws RegistryException {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw withCause(RegistryErrors.notJson(), e);
    }
  }

  private byte[] bytes() {
    return request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
  }

  private String parameter(String name) {
    return request.path().pathParameters().get(name);
  }

  private void send(int status, String json) {
    response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
    response.status(status).send(json.getBytes(StandardCharsets.UTF_8));
  }

  private static RegistryException withCause(RegistryException error, Exception cause) {
    error.initCause(cause);
    return error;
  }
}
