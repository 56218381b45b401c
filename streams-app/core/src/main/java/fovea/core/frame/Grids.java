package fovea.core.frame;

/** Arithmetic on small square luminance grids. */
final class Grids {
  private Grids() {}

  static float[] mirrored(float[] grid, int side) {
    float[] out = new float[grid.length];
    for (int i = 0; i < grid.length; i++) {
      out[i - i % side + side - 1 - i % side] = grid[i];
    }
    return out;
  }

  /** Pearson's correlation; 0 where either is constant. */
  static double correlation(float[] a, float[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      double x = a[i] - meanA;
      double y = b[i] - meanB;
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    return aa > 0 && bb > 0 ? Math.clamp(ab / Math.sqrt(aa * bb), -1, 1) : 0;
  }

  private static double mean(float[] grid) {
    double sum = 0;
    for (float v : grid) {
      sum += v;
    }
    return sum / grid.length;
  }
}
