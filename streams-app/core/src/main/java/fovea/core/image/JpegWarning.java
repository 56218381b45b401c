package fovea.core.image;

/** What a reader's warning means: most speak of damaged pixels, a few of what is never used. */
final class JpegWarning {
  private JpegWarning() {}

  static boolean speaksOfDamage(String warning) {
    return !(warning.contains("color profile")
        || warning.contains("ICC")
        || warning.contains("JFIF")
        || warning.contains("thumbnail"));
  }
}
