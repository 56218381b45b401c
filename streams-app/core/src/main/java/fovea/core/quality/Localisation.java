package fovea.core.quality;

import fovea.core.evaluation.Region;
import fovea.core.explanation.CellGrid;
import java.util.OptionalDouble;

/**
 * How well attention and a region agree, both on one grid. No value where the map is all zeros.
 *
 * <p>The map's own area P is its cells at or above a share of its maximum; a region's cells count
 * by the share that lies inside.
 */
public final class Localisation {
  private Localisation() {}

  /**
   * Pointing game: 1 where at least half of the greatest cell (of several the first) lies inside.
   */
  public static OptionalDouble pointingGame(CellGrid attention, Region region) {
    int peak = peak(checked(attention, region));
    return attention.cells()[peak] <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(region.holds(peak) ? 1 : 0);
  }

  /** {@code Σ a · share ÷ Σ a}, 0..1. */
  public static OptionalDouble massInRegion(CellGrid attention, Region region) {
    double sum = 0;
    for (short cell : checked(attention, region).cells()) {
      sum += cell;
    }
    return sum == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(region.sum(attention.cells()) / sum);
  }

  /** |P ∩ G| ÷ |P ∪ G| with P at {@code threshold} of the maximum, 0 < threshold ≤ 1. */
  public static OptionalDouble iou(CellGrid attention, Region region, double threshold) {
    Areas areas = areas(checked(attention, region), region, threshold);
    double union = areas.map() + region.areaShare() * attention.cells().length - areas.shared();
    return areas.map() == 0 ? OptionalDouble.empty() : OptionalDouble.of(areas.shared() / union);
  }

  /** |P ∩ G| ÷ |P|, which does not punish a map smaller than the region (HAM; IEEE TMI 2021). */
  public static OptionalDouble ior(CellGrid attention, Region region, double threshold) {
    Areas areas = areas(checked(attention, region), region, threshold);
    return areas.map() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(areas.shared() / areas.map());
  }

  private record Areas(double map, double shared) {}

  private static Areas areas(CellGrid attention, Region region, double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be above 0 to 1: " + threshold);
    }
    short[] cells = attention.cells();
    int max = cells[peak(attention)];
    double map = 0;
    double shared = 0;
    for (int i = 0; i < cells.length; i++) {
      if (max > 0 && cells[i] >= threshold * max) {
        map++;
        shared += region.share(i);
      }
    }
    return new Areas(map, shared);
  }

  static int peak(CellGrid map) {
    short[] cells = map.cells();
    int best = 0;
    for (int i = 1; i < cells.length; i++) {
      best = cells[i] > cells[best] ? i : best;
    }
    return best;
  }

  private static CellGrid checked(CellGrid attention, Region region) {
    if (attention.height() != region.height() || attention.width() != region.width()) {
      throw new IllegalArgumentException(
          "a map of %dx%d and a region of %dx%d"
              .formatted(attention.height(), attention.width(), region.height(), region.width()));
    }
    return attention;
  }
}
