package fovea.core.phantom;

import java.util.random.RandomGenerator;

/** How an eye lies before the camera: a small shift, rotation and zoom about the image's centre. */
record Pose(double shiftX, double shiftY, double cosine, double sine) {
  private static final double SHIFT = 0.012;
  private static final double ANGLE = 0.03;
  private static final double ZOOM = 0.02;

  static Pose draw(RandomGenerator random) {
    double angle = random.nextDouble(-ANGLE, ANGLE);
    double zoom = 1 + random.nextDouble(-ZOOM, ZOOM);
    // StrictMath, so that every machine draws the same pixels.
    return new Pose(
        random.nextDouble(-SHIFT, SHIFT),
        random.nextDouble(-SHIFT, SHIFT),
        zoom * StrictMath.cos(angle),
        zoom * StrictMath.sin(angle));
  }

  double x(double retinaX, double retinaY) {
    return 0.5 + shiftX + cosine * (retinaX - 0.5) - sine * (retinaY - 0.5);
  }

  double y(double retinaX, double retinaY) {
    return 0.5 + shiftY + sine * (retinaX - 0.5) + cosine * (retinaY - 0.5);
  }

  Spot place(Spot spot) {
    return new Spot(
        x(spot.x(), spot.y()),
        y(spot.x(), spot.y()),
        spot.radius(),
        spot.softness(),
        spot.colour(),
        spot.opacity());
  }
}
