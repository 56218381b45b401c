package fovea.core.moments;

import fovea.core.explanation.CellGrid;

/**
 * One image's map with what is counted beside it: what {@link Moments} adds.
 *
 * @param grid the cells
 * @param empty whether the image's maximum was not above the floor; then every cell is 0
 * @param clipped cells that did not fit the scale
 * @param fingerprint the image's summand of F
 */
public record CellMap(CellGrid grid, boolean empty, int clipped, long fingerprint) {
  public CellMap {
    if (clipped < 0) {
      throw new IllegalArgumentException("clipped must not be negative: " + clipped);
    }
    if (empty && !isZero(grid)) {
      throw new IllegalArgumentException("an empty map must be zero everywhere: " + grid);
    }
  }

  private static boolean isZero(CellGrid grid) {
    for (short cell : grid.cells()) {
      if (cell != 0) {
        return false;
      }
    }
    return true;
  }
}
