package fovea.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One path that can be asked for.
 *
 * @param template segments apart by '/', a variable one in braces
 * @param parameters every parameter it takes
 * @param needsData whether it waits until the read models hold what was there at the start
 * @param endpoint answers
 */
record Route(String template, List<String> parameters, boolean needsData, Endpoint endpoint) {

  /** Of a page that reads its parameters itself. */
  static final List<String> ANY = List.of("*");

  /** Answers one request, or throws a {@link Problem}. */
  interface Endpoint {
    Reply answer(Ask ask);
  }

  Route {
    parameters = List.copyOf(parameters);
  }

  /** The path's variables, decoded; empty where it is another path. */
  Optional<Map<String, String>> match(String rawPath) {
    String[] wanted = template.split("/", -1);
    String[] given = rawPath.split("/", -1);
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      String segment = Ask.decoded(given[i]);
      if (wanted[i].startsWith("{")) {
        variables.put(wanted[i].substring(1, wanted[i].length() - 1), segment);
      } else if (!wanted[i].equals(segment)) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
