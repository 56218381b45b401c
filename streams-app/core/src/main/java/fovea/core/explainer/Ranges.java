package fovea.core.explainer;

/** Refuses parameters out of their range, by name. */
final class Ranges {
  private Ranges() {}

  static void atLeast(String name, int value, int least) {
    within(name, value, least, Integer.MAX_VALUE);
  }

  static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %d..%d: %d".formatted(name, least, most, value));
    }
  }

  static void inside(String name, double value, double above, double below) {
    if (!(value > above && value < below)) {
      throw new IllegalArgumentException(
          "%s must be inside %s..%s: %s".formatted(name, above, below, value));
    }
  }
}
