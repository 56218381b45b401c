package fovea.core.frame;

import java.util.Locale;
import java.util.Optional;

/** Left or right. */
enum Side {
  L,
  R;

  /** Of what a record says; empty where that is neither, e.g. both. */
  static Optional<Side> of(String text) {
    return switch (text.strip().toUpperCase(Locale.ROOT)) {
      case "L", "LEFT", "OS" -> Optional.of(L);
      case "R", "RIGHT", "OD" -> Optional.of(R);
      default -> Optional.empty();
    };
  }
}
