package fovea.core.phantom;

import fovea.core.phantom.Vessel.Point;

/** Where an eye is painted, in the canonical frame: planes of red, green and blue, 0..1. */
final class Canvas {
  private static final double VESSEL_RED = 0.35;
  private static final double VESSEL_GREEN = 0.6;

  private final int side;
  private final float[] red;
  private final float[] green;
  private final float[] blue;

  Canvas(int side) {
    this.side = side;
    this.red = new float[side * side];
    this.green = new float[side * side];
    this.blue = new float[side * side];
  }

  float red(int at) {
    return red[at];
  }

  float green(int at) {
    return green[at];
  }

  float blue(int at) {
    return blue[at];
  }

  /** Covers all with one colour, darker towards the border as a flash lights it. */
  void fill(Colour colour, double brightness) {
    for (int i = 0; i < red.length; i++) {
      int row = i / side;
      double dx = (i % side + 0.5) / side - 0.5;
      double dy = (row + 0.5) / side - 0.5;
      double light = brightness * (1.08 - 1.6 * (dx * dx + dy * dy));
      red[i] = (float) (colour.red() * light);
      green[i] = (float) (colour.green() * light);
      blue[i] = (float) (colour.blue() * light);
    }
  }

  void paint(Spot spot) {
    int top = first(spot.y() - spot.radius());
    int bottom = last(spot.y() + spot.radius());
    int left = first(spot.x() - spot.radius());
    int right = last(spot.x() + spot.radius());
    for (int y = top; y <= bottom; y++) {
      double dy = (y + 0.5) / side - spot.y();
      for (int x = left; x <= right; x++) {
        double dx = (x + 0.5) / side - spot.x();
        blend(y * side + x, spot.colour(), spot.weight(Math.sqrt(dx * dx + dy * dy)));
      }
    }
  }

  /** Darkens by the deepest vessel at each pixel, so that crossings do not add up. */
  void paint(Iterable<Vessel> vessels, Pose pose) {
    float[] depth = new float[red.length];
    for (Vessel vessel : vessels) {
      int steps = Math.max(2, (int) (1.5 * vessel.length() * side));
      for (int i = 0; i <= steps; i++) {
        double t = (double) i / steps;
        Point p = vessel.at(t);
        deepen(depth, pose.x(p.x(), p.y()), pose.y(p.x(), p.y()), vessel.widthAt(t));
      }
    }
    for (int i = 0; i < depth.length; i++) {
      red[i] *= (float) (1 - VESSEL_RED * depth[i]);
      green[i] *= (float) (1 - VESSEL_GREEN * depth[i]);
      blue[i] *= (float) (1 - VESSEL_GREEN * depth[i]);
    }
  }

  private void deepen(float[] depth, double x, double y, double width) {
    // Never thinner than a pixel: a finer vessel becomes fainter instead of broken.
    double reach = Math.max(width, 1.0 / side);
    double strength = width / reach;
    for (int row = first(y - reach); row <= last(y + reach); row++) {
      double dy = (row + 0.5) / side - y;
      for (int column = first(x - reach); column <= last(x + reach); column++) {
        double dx = (column + 0.5) / side - x;
        double d = 1 - (dx * dx + dy * dy) / (reach * reach);
        int at = row * side + column;
        depth[at] = (float) Math.max(depth[at], strength * d);
      }
    }
  }

  private void blend(int at, Colour colour, double weight) {
    red[at] += (float) (weight * (colour.red() - red[at]));
    green[at] += (float) (weight * (colour.green() - green[at]));
    blue[at] += (float) (weight * (colour.blue() - blue[at]));
  }

  private int first(double place) {
    return Math.clamp((long) Math.floor(place * side - 0.5), 0, side);
  }

  private int last(double place) {
    return Math.clamp((long) Math.ceil(place * side - 0.5), -1, side - 1);
  }
}
