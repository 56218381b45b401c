package fovea.query;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request: path variables and parameters, each read by its rule. Immutable. */
final class Ask {
  private static final int MAX_QUERY = 4096;

  private final Map<String, String> path;
  private final Map<String, List<String>> query;
  private final String text;

  /**
   * Reads a query string.
   *
   * @throws Problem if it is too long or not percent-encoded
   */
  Ask(Map<String, String> path, String rawQuery) {
    if (rawQuery.length() > MAX_QUERY) {
      throw new Problem(414, "Query too long", "a query has at most 4096 characters");
    }
    this.path = Map.copyOf(path);
    this.query = parse(rawQuery);
    this.text = this.path + "?" + rawQuery;
  }

  private Ask(Ask first, Map<String, List<String>> query) {
    this.path = first.path;
    this.query = query;
    this.text = first.text;
  }

  /** All of it, as it was asked. */
  String text() {
    return text;
  }

  /** Whether a parameter stands there, be it empty. */
  boolean names(String name) {
    return query.containsKey(name);
  }

  /**
   * The same with other parameters: those of {@code without} left out, then those that begin with
   * {@code prefix} in the place of what they name.
   */
  Ask other(String prefix, Set<String> without) {
    Map<String, List<String>> other = new HashMap<>(query);
    other.keySet().removeAll(without);
    query.forEach(
        (name, values) -> {
          if (name.startsWith(prefix)) {
            other.put(name.substring(prefix.length()), values);
          }
        });
    return new Ask(this, other);
  }

  /** Text of a percent-encoded part of a path, where + is a plus sign. */
  static String decoded(String rawSegment) {
    return decode(rawSegment.replace("+", "%2B"));
  }

  /** Refuses parameters that nobody reads: a misspelt one would be answered wrongly. */
  Ask only(List<String> names) {
    for (String name : query.keySet()) {
      if (!names.contains(name) && !names.equals(Route.ANY)) {
        throw Problem.notOneOf("parameter", name, names);
      }
    }
    return this;
  }

  /** A variable of the path. */
  String variable(String name) {
    return Optional.ofNullable(path.get(name)).orElseThrow();
  }

  /** A parameter that may be given once. */
  Optional<String> text(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Problem.parameter(name, "may be given once");
    }
    return values.stream().filter(value -> !value.isEmpty()).findFirst();
  }

  /** A parameter that may be given several times. */
  Set<String> many(String name) {
    Set<String> values = new LinkedHashSet<>(query.getOrDefault(name, List.of()));
    values.remove("");
    return values;
  }

  int integer(String name, int otherwise, int min, int max) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(given.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw Problem.parameter(name, "must be a whole number, %d..%d".formatted(min, max));
    }
    throw Problem.parameter(name, "must be %d..%d".formatted(min, max));
  }

  Optional<LocalDate> day(String name) {
    try {
      return text(name).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      throw Problem.parameter(name, "must be a day as in 2026-01-31");
    }
  }

  /** One of some words, the first where none is given. */
  String word(String name, String... allowed) {
    String given = text(name).orElse(allowed[0]);
    if (!Arrays.asList(allowed).contains(given)) {
      throw Problem.notOneOf(name, given, List.of(allowed));
    }
    return given;
  }

  private static Map<String, List<String>> parse(String rawQuery) {
    Map<String, List<String>> query = new HashMap<>();
    for (String pair : rawQuery.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        query.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
      }
    }
    return query;
  }

  private static String decode(String raw) {
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "Bad encoding", "not percent-encoded: " + e.getMessage());
    }
  }
}
