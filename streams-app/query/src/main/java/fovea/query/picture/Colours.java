package fovea.query.picture;

/**
 * One map's scale.
 *
 * @param scale by which rule
 * @param low number of the first colour
 * @param high number of the last
 * @param over whether an underlay shows through: a colour is then the more opaque the further its
 *     number lies from 0 (of a sequential scale: from the least)
 */
record Colours(ColourScale scale, double low, double high, boolean over) {
  private static final double THIN = 0.15;
  private static final double THICK = 0.8;
  private static final double CENTRE = 0.5;

  /** Where a number stands on the scale, 0..1. */
  double share(double value) {
    return (value - low) / (high - low);
  }

  /** The number at a place of the scale. */
  double number(double share) {
    return low + (high - low) * share;
  }

  double opacity(double share) {
    if (!over) {
      return 1;
    }
    double strength = scale == ColourScale.SEQUENTIAL ? share : Math.abs(share - CENTRE) / CENTRE;
    return THIN + (THICK - THIN) * strength;
  }
}
