package fovea.modelstore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The fields of one JSON object, read strictly: a missing field, another type, and a field that
 * nobody asked for are refused by name. Thread-confined.
 */
final class JsonFields {
  private final String path;
  private final JsonNode node;
  private final Set<String> asked = new LinkedHashSet<>();

  JsonFields(String path, JsonNode node) {
    if (!node.isObject()) {
      throw wrong(path.isEmpty() ? "the document" : path, "an object", node);
    }
    this.path = path;
    this.node = node;
  }

  /** Whether a field that may be left out is there. */
  boolean has(String name) {
    return node.has(name);
  }

  String text(String name) {
    return text(at(name), required(name));
  }

  boolean flag(String name) {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw wrong(at(name), "true or false", value);
    }
    return value.booleanValue();
  }

  int integer(String name) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(at(name), "a whole number", value);
    }
    return value.intValue();
  }

  long size(String name) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrong(at(name), "a number of bytes", value);
    }
    return value.longValue();
  }

  double number(String name) {
    return number(at(name), required(name));
  }

  JsonFields object(String name) {
    return new JsonFields(at(name), required(name));
  }

  /** The object of this name; empty for null, which must be written. */
  Optional<JsonFields> objectOrNull(String name) {
    JsonNode value = required(name);
    return value.isNull() ? Optional.empty() : Optional.of(new JsonFields(at(name), value));
  }

  /** The object of this name; empty where the field is left out. */
  Optional<JsonFields> objectIf(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  List<String> texts(String name) {
    return list(name, this::text);
  }

  List<Double> numbers(String name) {
    return list(name, this::number);
  }

  List<Float> floats(String name) {
    return list(name, (at, value) -> (float) number(at, value));
  }

  /** A list of lists. */
  List<List<Float>> floatRows(String name) {
    return list(name, (at, row) -> list(at, row, (each, value) -> (float) number(each, value)));
  }

  List<Long> longs(String name) {
    return list(name, JsonFields::whole);
  }

  Map<String, String> textMap(String name) {
    return map(name, this::text);
  }

  Map<String, Double> numberMap(String name) {
    return map(name, this::number);
  }

  /** An object whose names are free and whose values are objects. */
  <T> Map<String, T> objectMap(String name, Function<JsonFields, T> read) {
    return map(name, (at, value) -> read.apply(new JsonFields(at, value)));
  }

  /** Refuses what nobody asked for; called after the last field. */
  void end() {
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(asked);
    if (!unknown.isEmpty()) {
      throw new ModelRefusedException("unknown field: " + at(unknown.iterator().next()));
    }
  }

  private JsonNode required(String name) {
    asked.add(name);
    JsonNode value = node.get(name);
    if (value == null) {
      throw new ModelRefusedException("missing field: " + at(name));
    }
    return value;
  }

  private <T> List<T> list(String name, Reader<T> read) {
    return list(at(name), required(name), read);
  }

  private static <T> List<T> list(String at, JsonNode values, Reader<T> read) {
    if (!values.isArray()) {
      throw wrong(at, "a list", values);
    }
    List<T> out = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      out.add(read.read(at + "[" + i + "]", values.get(i)));
    }
    return out;
  }

  private <T> Map<String, T> map(String name, Reader<T> read) {
    JsonNode values = required(name);
    if (!values.isObject()) {
      throw wrong(at(name), "an object", values);
    }
    Map<String, T> out = new LinkedHashMap<>();
    values
        .properties()
        .forEach(e -> out.put(e.getKey(), read.read(at(name) + "." + e.getKey(), e.getValue())));
    return out;
  }

  private interface Reader<T> {
    T read(String at, JsonNode value);
  }

  private String text(String at, JsonNode value) {
    if (!value.isTextual()) {
      throw wrong(at, "a text", value);
    }
    return value.textValue();
  }

  private double number(String at, JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(at, "a number", value);
    }
    return value.doubleValue();
  }

  private static long whole(String at, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(at, "a whole number", value);
    }
    return value.longValue();
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static ModelRefusedException wrong(String at, String expected, JsonNode value) {
    String found = value.toString();
    String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
    return new ModelRefusedException(at + " must be " + expected + ": " + shown);
  }
}
