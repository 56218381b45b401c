package fovea.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * A schema as every language knows it: without the property by which Avro's generated classes ask
 * for Java's own strings. It writes and reads the same bytes.
 */
public final class PortableSchema {
  private static final JsonMapper JSON = new JsonMapper();

  private PortableSchema() {}

  /** The schema without its Java-only properties, everything else as it was. */
  public static Schema of(Schema schema) {
    try {
      return new Schema.Parser().parse(strip(JSON.readTree(schema.toString())).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("schema " + schema.getFullName() + " is not JSON", e);
    }
  }

  private static JsonNode strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("avro.java.string");
    }
    for (JsonNode child : node) {
      strip(child);
    }
    return node;
  }
}
