package fovea.streams.aggregate;

import fovea.core.aggregate.Quantity;
import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.schema.ContributedLabel;
import fovea.schema.Contribution;

/**
 * The map of each quantity that one label of a contribution stands for: a pure function of the
 * contribution, in integer arithmetic. What it gives for a quantity never changes: states hold what
 * it gave.
 */
final class QuantityMaps {
  private QuantityMaps() {}

  /**
   * @throws IllegalArgumentException if the evidence does not fill its grid, or the quantity is
   *     none of maps
   */
  static CellMap of(Quantity quantity, Contribution c, ContributedLabel label) {
    CellGrid evidence =
        CellGrid.read(
            c.getGridHeight(), c.getGridWidth(), c.getScaleExponent(), label.getEvidence());
    return switch (quantity) {
      case ATTENTION_MAX1 -> attention(evidence, c);
      case EVIDENCE -> new CellMap(evidence, false, label.getClipped(), c.getFingerprint());
      case EVIDENCE_POSITIVE -> positive(evidence, label.getClipped(), c.getFingerprint());
      default -> throw new IllegalArgumentException("no map of " + quantity);
    };
  }

  private static CellMap attention(CellGrid evidence, Contribution c) {
    Attention attention = Attention.max1(evidence, c.getFloor(), c.getSubtractMin());
    return new CellMap(attention.grid(), attention.empty(), 0, c.getFingerprint());
  }

  /** Clipped cells of the positive part are those that stand at the upper end. */
  private static CellMap positive(CellGrid evidence, int clipped, long fingerprint) {
    short[] cells = evidence.cells().clone();
    int top = 0;
    for (int i = 0; i < cells.length; i++) {
      top += cells[i] == Short.MAX_VALUE ? 1 : 0;
      cells[i] = (short) Math.max(0, cells[i]);
    }
    CellGrid grid =
        new CellGrid(evidence.height(), evidence.width(), evidence.scaleExponent(), cells);
    return new CellMap(grid, false, Math.min(top, clipped), fingerprint);
  }
}
