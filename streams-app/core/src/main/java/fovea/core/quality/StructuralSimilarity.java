package fovea.core.quality;

/**
 * SSIM of two maps (Wang et al., IEEE TIP 2004): mean over windows of {@code (2 μa μb + C1)(2 σab +
 * C2) ÷ ((μa² + μb² + C1)(σa² + σb² + C2))}, C1 = (0.01 L)², C2 = (0.03 L)².
 *
 * <p>Windows of 7×7 cells of equal weight, all that lie wholly on the grid, sample (co)variances;
 * on a side below 7 the whole side is the window.
 */
public final class StructuralSimilarity {
  private static final int WINDOW = 7;

  private StructuralSimilarity() {}

  /**
   * −1..1, 1 for equal maps.
   *
   * @param a row-major
   * @param b the same grid
   * @param width of the grid; at least two cells
   * @param range L, what the values span: 1 for attention as numbers 0..1
   */
  public static double of(float[] a, float[] b, int width, double range) {
    if (a.length != b.length || a.length < 2 || a.length % width != 0 || !(range > 0)) {
      throw new IllegalArgumentException(
          "%d and %d cells, rows of %d, range %s".formatted(a.length, b.length, width, range));
    }
    int height = a.length / width;
    int down = Math.min(WINDOW, height);
    int across = Math.min(WINDOW, width);
    double sum = 0;
    int windows = 0;
    for (int y = 0; y + down <= height; y++) {
      for (int x = 0; x + across <= width; x++) {
        int first = y * width + x;
        sum += new Sums(a, b, width, first).window(down, across).similarity(range);
        windows++;
      }
    }
    return sum / windows;
  }

  /** The sums of one window. */
  private static final class Sums {
    private final float[] left;
    private final float[] right;
    private final int width;
    private final int first;
    private int n;
    private double a;
    private double b;
    private double aa;
    private double bb;
    private double ab;

    Sums(float[] left, float[] right, int width, int first) {
      this.left = left;
      this.right = right;
      this.width = width;
      this.first = first;
    }

    Sums window(int down, int across) {
      for (int y = 0; y < down; y++) {
        for (int x = 0; x < across; x++) {
          add(left[first + y * width + x], right[first + y * width + x]);
        }
      }
      return this;
    }

    private void add(double x, double y) {
      n++;
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }

    double similarity(double range) {
      double c1 = 0.01 * range * 0.01 * range;
      double c2 = 0.03 * range * 0.03 * range;
      double meanA = a / n;
      double meanB = b / n;
      double varianceA = (aa - n * meanA * meanA) / (n - 1);
      double varianceB = (bb - n * meanB * meanB) / (n - 1);
      double covariance = (ab - n * meanA * meanB) / (n - 1);
      return (2 * meanA * meanB + c1)
          * (2 * covariance + c2)
          / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
    }
  }
}
