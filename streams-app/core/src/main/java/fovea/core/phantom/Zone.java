package fovea.core.phantom;

/**
 * A circle in the canonical frame, as shares of the image's side: x 0 left to 1 right, y 0 top to 1
 * bottom, a left eye.
 *
 * @param x centre
 * @param y centre
 * @param radius positive
 */
public record Zone(double x, double y, double radius) {
  public Zone {
    if (!(radius > 0)) {
      throw new IllegalArgumentException("radius must be positive: " + radius);
    }
  }

  /** Whether a place lies inside or on the circle. */
  public boolean contains(double atX, double atY) {
    double dx = atX - x;
    double dy = atY - y;
    return dx * dx + dy * dy <= radius * radius;
  }

  /** The circle on a grid, row-major: a cell is inside if its centre is. */
  public boolean[] mask(int height, int width) {
    if (height <= 0 || width <= 0) {
      throw new IllegalArgumentException("grid must be positive: " + height + "x" + width);
    }
    boolean[] out = new boolean[height * width];
    for (int i = 0; i < out.length; i++) {
      int row = i / width;
      out[i] = contains((i % width + 0.5) / width, (row + 0.5) / height);
    }
    return out;
  }

  /** The share of the cells of {@code whole} that lie in this zone too, on one grid. */
  public double shareOf(Zone whole, int height, int width) {
    boolean[] mine = mask(height, width);
    boolean[] all = whole.mask(height, width);
    int in = 0;
    int of = 0;
    for (int i = 0; i < all.length; i++) {
      of += all[i] ? 1 : 0;
      in += all[i] && mine[i] ? 1 : 0;
    }
    return of == 0 ? 0 : (double) in / of;
  }
}
