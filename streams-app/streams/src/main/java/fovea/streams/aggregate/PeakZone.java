package fovea.streams.aggregate;

import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.quality.FrameZones;
import fovea.schema.Explanation;
import fovea.schema.Measured;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The zone in which a map has its peak, as a contribution holds it: a measure named after the zone.
 * Held, so that it can be taken back whatever zones a later version knows.
 */
final class PeakZone {
  private static final String PREFIX = "PEAK_ZONE.";

  private PeakZone() {}

  /** Of a label's evidence; none where the map is all zeros. */
  static Optional<Measured> of(Explanation e, ByteBuffer evidence) {
    CellGrid grid =
        CellGrid.read(e.getGridHeight(), e.getGridWidth(), e.getScaleExponent(), evidence);
    return FrameZones.ofPeak(Attention.max1(grid, e.getFloor(), e.getSubtractMin()).grid())
        .map(zone -> new Measured(PREFIX + zone, 1.0));
  }

  /** The zone that a measure is named after; empty where it is another measure. */
  static Optional<String> named(Measured one) {
    return one.getMeasure().startsWith(PREFIX)
        ? Optional.of(one.getMeasure().substring(PREFIX.length()))
        : Optional.empty();
  }
}
