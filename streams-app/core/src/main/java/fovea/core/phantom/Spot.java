package fovea.core.phantom;

/**
 * A soft-edged disc to paint, in shares of the side.
 *
 * @param softness share of the radius over which the edge fades, above 0 to 1
 * @param opacity at the centre, 0..1
 */
record Spot(double x, double y, double radius, double softness, Colour colour, double opacity) {

  /** How much of the paint arrives at {@code distance} from the centre; 0 beyond the radius. */
  double weight(double distance) {
    double t = Math.clamp((1 - distance / radius) / softness, 0, 1);
    return opacity * t * t * (3 - 2 * t);
  }
}
