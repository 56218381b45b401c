package fovea.core.phantom;

/** Red, green and blue, 0..1. */
record Colour(double red, double green, double blue) {
  static final Colour FUNDUS = new Colour(0.70, 0.36, 0.17);
  static final Colour MACULA = new Colour(0.46, 0.20, 0.09);
  static final Colour DISC = new Colour(0.93, 0.70, 0.40);
  static final Colour CUP = new Colour(0.97, 0.82, 0.56);
  static final Colour PALE_CUP = new Colour(1.0, 0.98, 0.93);
  static final Colour DRUSEN = new Colour(0.98, 0.95, 0.34);
  static final Colour DETACHED = new Colour(0.24, 0.28, 0.36);
  static final Colour DUST = new Colour(0.97, 0.93, 0.38);
  static final Colour LIGHT = new Colour(0.86, 0.50, 0.26);
  static final Colour DARK = new Colour(0.52, 0.24, 0.10);
}
