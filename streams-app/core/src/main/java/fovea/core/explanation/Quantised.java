package fovea.core.explanation;

/**
 * Evidence as integers, and what of it the integers do not tell.
 *
 * @param grid the cells
 * @param clipped cells that did not fit ±32767
 * @param max greatest evidence before it was rounded
 * @param positiveSum sum of the positive evidence before it was rounded
 */
public record Quantised(CellGrid grid, int clipped, float max, float positiveSum) {
  public Quantised {
    if (clipped < 0) {
      throw new IllegalArgumentException("clipped must not be negative: " + clipped);
    }
  }
}
