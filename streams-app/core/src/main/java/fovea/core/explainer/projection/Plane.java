package fovea.core.explainer.projection;

/**
 * A rectangle of the plane, cut into side × side cells; part of a density's identity.
 *
 * @param from its lower corner, inside
 * @param to its upper corner, outside
 * @param side cells each way, 1..1024
 */
public record Plane(Point from, Point to, int side) {
  private static final int MOST = 1024;

  public Plane {
    if (!(from.u() < to.u() && from.v() < to.v()) || side < 1 || side > MOST) {
      throw new IllegalArgumentException("no plane: %s to %s, side %d".formatted(from, to, side));
    }
  }

  /** Cells within, and one more for all that lies beyond. */
  int cells() {
    return side * side + 1;
  }

  int beyond() {
    return side * side;
  }

  /** The cell of a point, row-major with v as row; {@code side²} for one beyond. */
  public int cell(Point point) {
    int column = (int) Math.floor(share(point.u(), from.u(), to.u()) * side);
    int row = (int) Math.floor(share(point.v(), from.v(), to.v()) * side);
    boolean within = column >= 0 && column < side && row >= 0 && row < side;
    return within ? row * side + column : beyond();
  }

  private static double share(float at, float from, float to) {
    return ((double) at - from) / ((double) to - from);
  }
}
