package fovea.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Turns a registry's answer into a schema, with the other subjects' schemas it refers to. */
final class FetchedSchema {
  private final RegistryHttp http;
  // One parser for all: it remembers the names that later schemas refer to.
  private final Schema.Parser parser = new Schema.Parser();
  private final Set<String> fetched = new HashSet<>();

  FetchedSchema(RegistryHttp http) {
    this.http = http;
  }

  Schema parse(JsonNode answer) throws IOException {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new NotAvroException("the registry holds a " + type + " schema there");
    }
    if (!answer.path("schema").isTextual()) {
      throw new IOException("the registry's answer has no 'schema'");
    }
    for (JsonNode reference : answer.path("references")) {
      fetch(reference);
    }
    try {
      return parser.parse(answer.path("schema").asText());
    } catch (SchemaParseException e) {
      throw new IOException("the registry's schema is not valid: " + e.getMessage(), e);
    }
  }

  private void fetch(JsonNode reference) throws IOException {
    String path =
        "/subjects/%s/versions/%d"
            .formatted(
                RegistryAddress.segment(reference.path("subject").asText()),
                reference.path("version").asInt());
    if (fetched.add(path)) {
      parse(http.get(path));
    }
  }
}
