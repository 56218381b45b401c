package fovea.bench.aggregate;

/** A square grid of cells as a square image: bilinear, half-pixel centres. Thread-confined. */
final class Upsampling {
  private final int cells;
  private final int side;
  private final int[] low;
  private final float[] part;
  private final float[] row;

  Upsampling(int cells, int side) {
    this.cells = cells;
    this.side = side;
    this.low = new int[side];
    this.part = new float[side];
    this.row = new float[cells];
    for (int i = 0; i < side; i++) {
      float at = Math.clamp((i + 0.5f) * cells / side - 0.5f, 0, cells - 1f);
      low[i] = Math.min((int) at, cells - 2);
      part[i] = at - low[i];
    }
  }

  /** The image of a grid, new; the grid itself where both have one size. */
  float[] of(float[] grid) {
    if (side == cells) {
      return grid;
    }
    float[] out = new float[side * side];
    for (int y = 0; y < side; y++) {
      int upper = low[y] * cells;
      for (int x = 0; x < cells; x++) {
        row[x] = grid[upper + x] + part[y] * (grid[upper + cells + x] - grid[upper + x]);
      }
      for (int x = 0; x < side; x++) {
        out[y * side + x] = row[low[x]] + part[x] * (row[low[x] + 1] - row[low[x]]);
      }
    }
    return out;
  }
}
