package fovea.core.quality;

import fovea.core.evaluation.Region;
import fovea.core.explanation.CellGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The zones that every frame has: its thirds, down and across, nine places as the map is drawn.
 *
 * <p>A cell belongs to the one zone that holds its centre. On a side of fewer than three cells some
 * zones are empty.
 */
public final class FrameZones {
  /** Names, row by row. */
  public static final List<String> NAMES =
      List.of(
          "upper left",
          "upper",
          "upper right",
          "left",
          "centre",
          "right",
          "lower left",
          "lower",
          "lower right");

  private FrameZones() {}

  /** All nine, in order of their names, on a grid. */
  public static List<Region> on(int height, int width) {
    List<Region> out = new ArrayList<>(NAMES.size());
    for (int zone = 0; zone < NAMES.size(); zone++) {
      double[] weights = new double[height * width];
      for (int cell = 0; cell < weights.length; cell++) {
        weights[cell] = zone(cell, height, width) == zone ? 1 : 0;
      }
      out.add(Region.of(NAMES.get(zone), height, width, weights));
    }
    return List.copyOf(out);
  }

  /**
   * The name of the zone in which the greatest cell (of several the first) lies; empty of a map of
   * zeros, which has no peak.
   */
  public static Optional<String> ofPeak(CellGrid map) {
    int peak = Localisation.peak(map);
    return map.cells()[peak] <= 0
        ? Optional.empty()
        : Optional.of(NAMES.get(zone(peak, map.height(), map.width())));
  }

  private static int zone(int cell, int height, int width) {
    return 3 * third(cell / width, height) + third(cell % width, width);
  }

  /** Of the centre (2 at + 1) ÷ 2 cells, which never lies between two thirds. */
  private static int third(int at, int cells) {
    return 3 * (2 * at + 1) / (2 * cells);
  }
}
