package fovea.core.map;

/**
 * How many of some images, with Wilson's 95 % score interval for the share (Wilson, JASA 1927).
 *
 * <p>The interval takes images as independent; of several images of one subject it is too narrow.
 * Immutable.
 *
 * @param part images of which it is so, 0..of
 * @param of all of them
 */
public record Share(long part, long of) {
  private static final double Z = 1.959963984540054;

  public Share {
    if (part < 0 || part > of) {
      throw new IllegalArgumentException(part + " of " + of + " is no share");
    }
  }

  /** Both together. */
  public Share plus(Share other) {
    return new Share(part + other.part, of + other.of);
  }

  /** 0..1; NaN of no image. */
  public double value() {
    return (double) part / of;
  }

  /** The interval's lower end; 0 of no image, of which nothing is known. */
  public double low() {
    return of == 0 ? 0 : Math.max(0, centre() - halfWidth());
  }

  /** The interval's upper end; 1 of no image. */
  public double high() {
    return of == 0 ? 1 : Math.min(1, centre() + halfWidth());
  }

  private double centre() {
    return (part + Z * Z / 2) / (of + Z * Z);
  }

  private double halfWidth() {
    return Z * Math.sqrt(part * (of - part) / (double) of + Z * Z / 4) / (of + Z * Z);
  }
}
