package fovea.core.quality;

import fovea.core.evaluation.Region;
import fovea.core.explanation.CellGrid;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which zones of an atlas a map's peak touches, and whether that stays (EvalProtoPNet; Huang et
 * al., ICCV 2023, whose bird parts are anatomical zones here).
 */
public final class PeakZones {
  /** Half the side of the box round the peak, as a share of the image's side. */
  public static final double HALF_SIDE = 36.0 / 224;

  private PeakZones() {}

  /**
   * Names of the zones of which the box round the greatest cell's centre (of several the first; the
   * box cut at the edges) holds the centre of a cell at least half inside. A map of zeros has no
   * peak and no zones.
   *
   * @param zones on the map's grid
   */
  public static Set<String> hit(CellGrid map, List<Region> zones) {
    int peak = Localisation.peak(map);
    Set<String> out = new TreeSet<>();
    for (Region zone : zones) {
      if (zone.height() != map.height() || zone.width() != map.width()) {
        throw new IllegalArgumentException("zone %s is on another grid".formatted(zone.name()));
      }
      if (map.cells()[peak] > 0 && touches(zone, peak)) {
        out.add(zone.name());
      }
    }
    return Set.copyOf(out);
  }

  /** Stable: 1 where the whole vector of zones is unchanged, else 0. */
  public static double stability(Set<String> clean, Set<String> noisy) {
    return clean.equals(noisy) ? 1 : 0;
  }

  /**
   * The same of two maps of one image; no value where the clean one has no peak.
   *
   * @param zones on the maps' grid
   */
  public static OptionalDouble stability(CellGrid clean, CellGrid noisy, List<Region> zones) {
    return clean.cells()[Localisation.peak(clean)] <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(stability(hit(clean, zones), hit(noisy, zones)));
  }

  private static boolean touches(Region zone, int peak) {
    int width = zone.width();
    for (int cell = 0; cell < zone.height() * width; cell++) {
      double down = Math.abs(row(cell, width) - row(peak, width)) / zone.height();
      double across = Math.abs((double) (cell % width - peak % width)) / width;
      if (zone.holds(cell) && down <= HALF_SIDE && across <= HALF_SIDE) {
        return true;
      }
    }
    return false;
  }

  private static double row(int cell, int width) {
    return Math.floor((double) cell / width);
  }
}
