package fovea.core.phantom;

/**
 * A quadratic Bézier curve that narrows from start to end.
 *
 * @param width half the width at the start, in shares of the side
 */
record Vessel(Point start, Point bend, Point end, double width) {

  /** A place on the retina. */
  record Point(double x, double y) {
    Point towards(Point other, double share) {
      return new Point(x + share * (other.x - x), y + share * (other.y - y));
    }
  }

  Point at(double t) {
    return start.towards(bend, t).towards(bend.towards(end, t), t);
  }

  double widthAt(double t) {
    return width * (1 - 0.6 * t);
  }

  /** A bound on the length: that of the control polygon. */
  double length() {
    return distance(start, bend) + distance(bend, end);
  }

  private static double distance(Point a, Point b) {
    return Math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
  }
}
