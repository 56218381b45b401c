package fovea.modelstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A manifest as JSON, UTF-8.
 *
 * <p>Writing is stable: equal manifests give equal bytes on every machine. Reading is strict: an
 * unknown, repeated or missing field and a value of another type are refused by name.
 */
public final class ManifestJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestJson() {}

  /** Pretty-printed, two spaces, line feeds, a line feed at the end. */
  public static byte[] write(Manifest manifest) {
    return pretty(ManifestTree.manifest(manifest));
  }

  /**
   * The manifest in these bytes.
   *
   * @throws ModelRefusedException naming the field
   */
  public static Manifest read(byte[] json) {
    JsonFields fields = new JsonFields("", parse(json));
    try {
      return ManifestReader.manifest(fields);
    } catch (IllegalArgumentException e) {
      throw ModelRefusedException.because(e);
    }
  }

  static JsonNode parse(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      String message = e instanceof JsonProcessingException j ? j.getOriginalMessage() : "" + e;
      throw new ModelRefusedException("not JSON: " + message, e);
    }
  }

  /** The same tree gives the same bytes: no white space, the tree's own order. */
  static byte[] canonical(JsonNode tree) {
    return tree.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] pretty(JsonNode tree) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    try {
      return (MAPPER.writer(printer).writeValueAsString(tree) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory can be written", e);
    }
  }
}
