package fovea.core.aggregate;

import java.util.ArrayList;
import java.util.List;

/**
 * Joins the parts of a record key to one plain string and back.
 *
 * <p>Parts stand between {@code |}; inside a part {@code %}, {@code |} and control characters are
 * percent-encoded by their two-digit hex code, so any text survives and keys stay readable.
 */
public final class KeyText {
  private KeyText() {}

  /** The key of {@code parts}; an empty part is kept. */
  public static String join(String... parts) {
    StringBuilder out = new StringBuilder(64);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        out.append('|');
      }
      encode(parts[i], out);
    }
    return out.toString();
  }

  /**
   * The parts of a key.
   *
   * @throws IllegalArgumentException if a percent sign is not followed by two hex digits
   */
  public static List<String> split(String key) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '|') {
        parts.add(part.toString());
        part.setLength(0);
      } else if (c == '%') {
        part.append(decode(key, i));
        i += 2;
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return List.copyOf(parts);
  }

  private static void encode(String part, StringBuilder out) {
    if (part.chars().noneMatch(KeyText::special)) {
      out.append(part); // Nearly always.
      return;
    }
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (special(c)) {
        out.append('%')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
  }

  private static boolean special(int c) {
    return c == '|' || c == '%' || c < 0x20 || c == 0x7f;
  }

  private static char decode(String key, int at) {
    int high = at + 1 < key.length() ? Character.digit(key.charAt(at + 1), 16) : -1;
    int low = at + 2 < key.length() ? Character.digit(key.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw new IllegalArgumentException("broken escape at " + at + " in key '" + key + "'");
    }
    return (char) (high << 4 | low);
  }
}
