package fovea.modelstore;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Label names that an ONNX file's author put into its metadata. */
public final class MetadataLabels {
  private static final List<String> KEYS =
      List.of("classes", "labels", "class_names", "names", "id2label");
  private static final Pattern NUMBERED =
      Pattern.compile("[\"']?(\\d+)[\"']?\\s*:\\s*[\"']([^\"']*)");

  private MetadataLabels() {}

  /**
   * Names in the graph's order: a JSON list, {@code {0: 'a', 1: 'b'}} or {@code a,b}; empty if
   * there are none of this count.
   *
   * @param count how many there must be; 0 for any number
   */
  public static Optional<List<String>> of(OnnxGraph graph, int count) {
    return KEYS.stream()
        .flatMap(key -> Optional.ofNullable(graph.metadata().get(key)).stream())
        .map(MetadataLabels::names)
        .filter(names -> !names.isEmpty() && (count == 0 || names.size() == count))
        .findFirst();
  }

  private static List<String> names(String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith("{")) {
      return numbered(trimmed);
    }
    return trimmed.startsWith("[") ? json(trimmed) : separated(trimmed);
  }

  /** Python's or JSON's map from number to name; numbers that do not follow each other are none. */
  private static List<String> numbered(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NUMBERED.matcher(text);
    while (matcher.find()) {
      if (!matcher.group(1).equals(Integer.toString(names.size()))) {
        return List.of();
      }
      names.add(matcher.group(2).strip());
    }
    return names;
  }

  private static List<String> json(String text) {
    try {
      JsonNode node = ManifestJson.parse(text.getBytes(StandardCharsets.UTF_8));
      List<String> names = new ArrayList<>();
      node.forEach(name -> names.add(name.asText().strip()));
      return names.stream().anyMatch(String::isEmpty) ? List.of() : names;
    } catch (ModelRefusedException e) {
      return separated(text.substring(1, Math.max(1, text.length() - 1)));
    }
  }

  private static List<String> separated(String text) {
    return Stream.of(text.split(",", -1))
        .map(name -> name.replaceAll("^[\\s\"']+|[\\s\"']+$", ""))
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
