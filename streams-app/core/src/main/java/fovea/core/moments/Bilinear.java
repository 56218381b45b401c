package fovea.core.moments;

/**
 * Bilinear upsampling of an aggregate, exact because it is linear: a pixel's mean is the weighted
 * mean of its four cells, its variance the weighted sum of their covariances.
 */
final class Bilinear {
  private static final int VARIANCE = 1;
  private static final int EAST = 2;
  private static final int SOUTH = 3;
  private static final int SOUTH_EAST = 4;

  private final MomentsSnapshot map;
  private final int gridHeight;
  private final int gridWidth;

  private Bilinear(MomentsSnapshot map) {
    this.map = map;
    this.gridHeight = map.gridHeight();
    this.gridWidth = map.gridWidth();
  }

  static UpsampledMap upsample(MomentsSnapshot map, int height, int width) {
    if (height <= 0 || width <= 0) {
      throw new IllegalArgumentException("size must be positive: " + height + "x" + width);
    }
    Bilinear b = new Bilinear(map);
    double[] mean = new double[height * width];
    double[] variance = new double[height * width];
    for (int y = 0; y < height; y++) {
      double fy = b.position(y, height, b.gridHeight);
      for (int x = 0; x < width; x++) {
        b.pixel(fy, b.position(x, width, b.gridWidth), y * width + x, mean, variance);
      }
    }
    return new UpsampledMap(height, width, mean, variance);
  }

  /** Where the centre of an output pixel lies between cell centres. */
  private double position(int at, int size, int cells) {
    return Math.clamp((at + 0.5) * cells / size - 0.5, 0, cells - 1);
  }

  private void pixel(double fy, double fx, int at, double[] mean, double[] variance) {
    int r = Math.min((int) fy, Math.max(0, gridHeight - 2));
    int c = Math.min((int) fx, Math.max(0, gridWidth - 2));
    double wy = fy - r;
    double wx = fx - c;
    int a = r * gridWidth + c;
    int right = gridWidth > 1 ? 1 : 0;
    int down = gridHeight > 1 ? gridWidth : 0;
    double[] w = {(1 - wy) * (1 - wx), (1 - wy) * wx, wy * (1 - wx), wy * wx};
    mean[at] =
        w[0] * map.mean(a)
            + w[1] * map.mean(a + right)
            + w[2] * map.mean(a + down)
            + w[3] * map.mean(a + down + right);
    variance[at] = variance(a, right, down, w);
  }

  private double variance(int a, int right, int down, double[] w) {
    double v = w[0] * w[0] * map.covariance(a, a, VARIANCE);
    if (right > 0) {
      v += square(w[1]) * map.covariance(a + right, a + right, VARIANCE);
      v += 2 * w[0] * w[1] * map.covariance(a, a + right, EAST);
    }
    if (down > 0) {
      v += square(w[2]) * map.covariance(a + down, a + down, VARIANCE);
      v += 2 * w[0] * w[2] * map.covariance(a, a + down, SOUTH);
    }
    if (right > 0 && down > 0) {
      int d = a + down + right;
      v += square(w[3]) * map.covariance(d, d, VARIANCE);
      v += 2 * w[2] * w[3] * map.covariance(a + down, d, EAST);
      v += 2 * w[1] * w[3] * map.covariance(a + right, d, SOUTH);
      v += 2 * w[0] * w[3] * map.covariance(a, d, SOUTH_EAST);
      v += 2 * w[1] * w[2] * map.covarianceSouthWest(a + right, a + down);
    }
    return Math.max(0, v);
  }

  private static double square(double w) {
    return w * w;
  }
}
