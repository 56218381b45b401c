package fovea.core.explanation;

/**
 * Where one image's evidence for a label lies, whatever its strength: every image has one vote.
 *
 * @param grid 0..16384 at 2^-14, so 1.0 is 16384
 * @param empty whether the maximum was not above the floor; then every cell is 0
 */
public record Attention(CellGrid grid, boolean empty) {
  private static final int SCALE_EXPONENT = -14;
  private static final int ONE = 1 << 14;

  /**
   * The positive part, minus its minimum where {@code subtractMin}, ÷ its maximum, rounded half up;
   * integer arithmetic throughout.
   *
   * @param evidence quantised evidence
   * @param floor what is left of the maximum, in steps of the evidence, must be above it; not
   *     negative
   */
  public static Attention max1(CellGrid evidence, int floor, boolean subtractMin) {
    if (floor < 0) {
      throw new IllegalArgumentException("floor must not be negative: " + floor);
    }
    short[] cells = evidence.cells();
    int min = Short.MAX_VALUE;
    int max = 0;
    for (short cell : cells) {
      min = Math.min(min, Math.max(cell, 0));
      max = Math.max(max, cell);
    }
    int base = subtractMin ? min : 0;
    boolean empty = max - base <= floor;
    short[] out = empty ? new short[cells.length] : scaled(cells, base, max - base);
    return new Attention(
        new CellGrid(evidence.height(), evidence.width(), SCALE_EXPONENT, out), empty);
  }

  private static short[] scaled(short[] cells, int base, int max) {
    short[] out = new short[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int value = Math.max(cells[i], 0) - base;
      out[i] = (short) ((2 * value * ONE + max) / (2 * max));
    }
    return out;
  }
}
