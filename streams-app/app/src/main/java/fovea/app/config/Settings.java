package fovea.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of settings with their sources. Later sources win: default, file, environment, option.
 *
 * <p>Immutable. An unknown key or an unreadable value is refused with the key, the value and where
 * it stands.
 */
public final class Settings {
  private final Map<String, Value> values;

  /** A setting's text and where it came from. */
  public record Value(String text, String source) {}

  private Settings(Map<String, Value> values) {
    this.values = values;
  }

  /** Nothing set: defaults everywhere. */
  public static Settings defaults() {
    return new Settings(new TreeMap<>());
  }

  /**
   * Adds a YAML file: nested maps or dotted keys, lists joined by comma.
   *
   * @throws IOException if it cannot be read
   * @throws ConfigException if it is no YAML map or holds an unknown key
   */
  public Settings withFile(Path file) throws IOException {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new ConfigException("%s is not YAML: %s".formatted(file, e.getOriginalMessage()));
    }
    if (root.isMissingNode() || root.isNull()) {
      return this;
    }
    if (!root.isObject()) {
      throw new ConfigException(file + " must hold settings by name");
    }
    Map<String, String> flat = new TreeMap<>();
    flatten("", root, flat);
    return with(flat, "file " + file);
  }

  /** Adds {@code FOVEA_*} variables that name a setting; others are left alone. */
  public Settings withEnvironment(Map<String, String> environment) {
    Settings out = this;
    for (Setting setting : Catalogue.settings()) {
      String text = environment.get(setting.variable());
      if (text != null) {
        out = out.with(setting.key(), text, "environment " + setting.variable());
      }
    }
    return out;
  }

  /** Adds one value. */
  public Settings with(String key, String text, String source) {
    return with(Map.of(key, text), source);
  }

  private Settings with(Map<String, String> more, String source) {
    Map<String, Value> out = new TreeMap<>(values);
    more.forEach(
        (key, text) -> {
          if (Catalogue.find(key).isEmpty() && !Catalogue.passesThrough(key)) {
            throw new ConfigException("unknown setting '%s' in %s".formatted(key, source));
          }
          out.put(key, new Value(text, source));
        });
    return new Settings(out);
  }

  /** The value of a setting, or its default. */
  public Value value(Setting setting) {
    Value set = values.get(setting.key());
    return set == null ? new Value(setting.fallback(), "default") : set;
  }

  /** What is handed through under {@code prefix}, without it. */
  Map<String, String> passedThrough(String prefix) {
    Map<String, String> out = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            out.put(key.substring(prefix.length()), value.text());
          }
        });
    return out;
  }

  /** Keys that are handed through, with their values. */
  public Map<String, Value> passedThrough() {
    Map<String, Value> out = new TreeMap<>(values);
    out.keySet().removeIf(key -> !Catalogue.passesThrough(key));
    return out;
  }

  String text(String key) {
    return value(Catalogue.find(key).orElseThrow()).text().strip();
  }

  List<String> list(String key) {
    return Arrays.stream(text(key).split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  long number(String key, long least, long most) {
    try {
      long number = Long.parseLong(text(key));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw bad(key, "a whole number from %d to %d".formatted(least, most));
    }
    throw bad(key, "a whole number from %d to %d".formatted(least, most));
  }

  boolean flag(String key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(key, "true or false");
    };
  }

  Duration duration(String key) {
    try {
      Duration duration = Duration.parse(text(key));
      if (duration.isPositive()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw bad(key, "an ISO-8601 duration such as PT1S");
    }
    throw bad(key, "a positive duration");
  }

  double fraction(String key) {
    try {
      double share = Double.parseDouble(text(key));
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw bad(key, "a number from 0 to 1");
    }
    throw bad(key, "a number from 0 to 1");
  }

  Duration durationOrZero(String key) {
    return text(key).equals("PT0S") ? Duration.ZERO : duration(key);
  }

  private ConfigException bad(String key, String rule) {
    Value value = value(Catalogue.find(key).orElseThrow());
    return new ConfigException(
        "%s must be %s, but is '%s' (%s)".formatted(key, rule, value.text(), value.source()));
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    node.properties()
        .forEach(
            entry -> {
              String key = prefix + entry.getKey();
              JsonNode child = entry.getValue();
              if (child.isObject()) {
                flatten(key + ".", child, into);
              } else if (child.isArray()) {
                List<String> parts = new ArrayList<>();
                child.forEach(part -> parts.add(part.asText()));
                into.put(key, String.join(",", parts));
              } else {
                into.put(key, child.asText());
              }
            });
  }
}
