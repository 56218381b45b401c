package fovea.core.phantom;

import fovea.core.phantom.Vessel.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The anatomy of one eye in the canonical frame; it does not change from exam to exam.
 *
 * @param pigment brightness of the fundus, about 1
 * @param texture faint light and dark patches
 * @param discRadius of the optic disc
 * @param cup radius of the cup ÷ radius of the disc, where healthy
 * @param vessels arcades and their branches
 */
record Eye(
    double pigment, List<Spot> texture, double discRadius, double cup, List<Vessel> vessels) {
  private static final int PATCHES = 60;

  /** Where the arcades bend and end: two above, two below, temporal (long) before nasal. */
  private static final double[][] ARCADES = {
    {0.40, 0.10, 0.86, 0.30},
    {0.40, 0.90, 0.86, 0.74},
    {0.22, 0.28, 0.13, 0.24},
    {0.22, 0.70, 0.13, 0.74}
  };

  static Eye draw(RandomGenerator random) {
    return new Eye(
        random.nextDouble(0.88, 1.12),
        patches(random),
        random.nextDouble(0.055, 0.063),
        random.nextDouble(0.30, 0.45),
        arcades(random));
  }

  private static List<Spot> patches(RandomGenerator random) {
    List<Spot> out = new ArrayList<>();
    for (int i = 0; i < PATCHES; i++) {
      out.add(
          new Spot(
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble(0.03, 0.12),
              1,
              random.nextBoolean() ? Colour.LIGHT : Colour.DARK,
              random.nextDouble(0.05, 0.25)));
    }
    return out;
  }

  private static List<Vessel> arcades(RandomGenerator random) {
    Zone disc = Lesion.GLAUCOMATOUS_DISC.zone();
    Point root = new Point(disc.x(), disc.y());
    List<Vessel> out = new ArrayList<>();
    for (double[] arcade : ARCADES) {
      for (int pair = 0; pair < 2; pair++) {
        Point bend = near(arcade[0], arcade[1], random);
        Point end = near(arcade[2], arcade[3], random);
        Vessel trunk = new Vessel(root, bend, end, pair == 0 ? 0.010 : 0.007);
        out.add(trunk);
        out.add(branch(trunk, random));
      }
    }
    return out;
  }

  private static Vessel branch(Vessel trunk, RandomGenerator random) {
    double at = random.nextDouble(0.35, 0.75);
    Point from = trunk.at(at);
    Point onward = trunk.at(Math.min(1, at + 0.2));
    double turn = random.nextBoolean() ? 1 : -1;
    double dx = onward.x() - from.x();
    double dy = onward.y() - from.y();
    Point end = new Point(from.x() + dx - turn * 0.9 * dy, from.y() + dy + turn * 0.9 * dx);
    return new Vessel(from, onward.towards(end, 0.3), end, trunk.widthAt(at) * 0.6);
  }

  private static Point near(double x, double y, RandomGenerator random) {
    return new Point(x + random.nextDouble(-0.04, 0.04), y + random.nextDouble(-0.04, 0.04));
  }
}
