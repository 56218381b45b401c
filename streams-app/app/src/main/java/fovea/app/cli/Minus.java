package fovea.app.cli;

import java.util.List;

/** The map that is taken away, as {@code name=value,name=value}. */
final class Minus {
  private static final List<String> NAMES =
      List.of(
          "label", "labels", "basis", "pane", "from", "to", "site", "sites", "model", "version",
          "variant", "frame");

  private Minus() {}

  /** A comma that is not followed by a name belongs to the value before it. */
  static void into(Request.Parameters query, String text) {
    String alternatives = String.join("|", NAMES);
    for (String part : text.split(",(?=(?:" + alternatives + ")=)")) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (equals < 0 || !NAMES.contains(name)) {
        throw new WrongUseException(
            "--minus takes NAME=VALUE,... with a name of %s, not '%s'".formatted(NAMES, part));
      }
      query.put("minus." + name, part.substring(equals + 1));
    }
  }
}
