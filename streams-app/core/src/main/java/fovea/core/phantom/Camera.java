package fovea.core.phantom;

import fovea.core.image.Raster;
import java.util.random.RandomGenerator;

/**
 * Turns a painted eye into what a site's camera writes: side, colour, mask, artefact, noise.
 *
 * @param exposure factor on all channels
 * @param dust strength of the artefact, 0 for none
 */
record Camera(PhantomSite site, boolean right, double exposure, double dust) {
  private static final double FULL_DUST = 0.05;

  /** Sum of two bytes less 255 has this standard deviation. */
  private static final double TRIANGULAR = 104.5;

  Raster shoot(Canvas canvas, int side, RandomGenerator random) {
    byte[] out = new byte[3 * side * side];
    for (int i = 0; i < side * side; i++) {
      int x = i % side;
      int from = right ? i - x + side - 1 - x : i;
      double open = open(x, i / side, side);
      double spot = dust > 0 ? dust(x, i / side, side) : 0;
      long grain = random.nextLong();
      PhantomSite.Tint tint = site.tint();
      double r = canvas.red(from) + spot * (Colour.DUST.red() - canvas.red(from));
      double g = canvas.green(from) + spot * (Colour.DUST.green() - canvas.green(from));
      double b = canvas.blue(from) + spot * (Colour.DUST.blue() - canvas.blue(from));
      out[3 * i] = sample(r * tint.red() * open, grain);
      out[3 * i + 1] = sample(g * tint.green() * open, grain >>> 16);
      out[3 * i + 2] = sample(b * tint.blue() * open, grain >>> 32);
    }
    return Raster.of8(side, side, 3, out);
  }

  /** 1 inside the field of view, 0 outside, one pixel between. */
  private static double open(int x, int y, int side) {
    double dx = (x + 0.5) / side - Phantom.FIELD_OF_VIEW.x();
    double dy = (y + 0.5) / side - Phantom.FIELD_OF_VIEW.y();
    double inside = Phantom.FIELD_OF_VIEW.radius() - Math.sqrt(dx * dx + dy * dy);
    return Math.clamp(0.5 + inside * side, 0, 1);
  }

  private double dust(int x, int y, int side) {
    double radius = FULL_DUST * (0.3 + 0.7 * dust);
    Spot spot = new Spot(0.36, 0.77, radius, 0.8, Colour.DUST, 0.95 * dust);
    double dx = (x + 0.5) / side - spot.x();
    double dy = (y + 0.5) / side - spot.y();
    return spot.weight(Math.sqrt(dx * dx + dy * dy));
  }

  private byte sample(double value, long grain) {
    double unit = ((grain & 0xff) + ((grain >>> 8) & 0xff) - 255) / TRIANGULAR;
    // The sensor is quieter in the dark, so that the mask stays black.
    double noise = site.noise() * unit * Math.min(1, 0.15 + 3 * value);
    return (byte) Math.clamp(Math.round(255 * exposure * value + noise), 0, 255);
  }
}
