package fovea.core.moments;

/** Bilinear upsampling of an aggregate as its formula reads, every covariance from the sums. */
final class PixelByPixel {
  private final MomentsSnapshot map;
  private final int height;
  private final int width;

  PixelByPixel(MomentsSnapshot map, int height, int width) {
    this.map = map;
    this.height = height;
    this.width = width;
  }

  UpsampledMap upsampled() {
    double[] mean = new double[height * width];
    double[] variance = new double[height * width];
    for (int at = 0; at < mean.length; at++) {
      int row = at / width;
      pixel(at, position(row, height, map.gridHeight()), mean, variance);
    }
    return new UpsampledMap(height, width, mean, variance);
  }

  private void pixel(int at, double fy, double[] mean, double[] variance) {
    double fx = position(at % width, width, map.gridWidth());
    int r = Math.min((int) fy, Math.max(0, map.gridHeight() - 2));
    int c = Math.min((int) fx, Math.max(0, map.gridWidth() - 2));
    double wy = fy - r;
    double wx = fx - c;
    int a = r * map.gridWidth() + c;
    int right = map.gridWidth() > 1 ? 1 : 0;
    int down = map.gridHeight() > 1 ? map.gridWidth() : 0;
    double[] w = {(1 - wy) * (1 - wx), (1 - wy) * wx, wy * (1 - wx), wy * wx};
    mean[at] =
        w[0] * map.mean(a)
            + w[1] * map.mean(a + right)
            + w[2] * map.mean(a + down)
            + w[3] * map.mean(a + down + right);
    variance[at] = Math.max(0, variance(a, right, down, w));
  }

  private double variance(int a, int right, int down, double[] w) {
    double v = w[0] * w[0] * map.covariance(a, a, 1);
    if (right > 0) {
      v += w[1] * w[1] * map.covariance(a + right, a + right, 1);
      v += 2 * w[0] * w[1] * map.covariance(a, a + right, 2);
    }
    if (down > 0) {
      v += w[2] * w[2] * map.covariance(a + down, a + down, 1);
      v += 2 * w[0] * w[2] * map.covariance(a, a + down, 3);
    }
    if (right > 0 && down > 0) {
      int d = a + down + right;
      v += w[3] * w[3] * map.covariance(d, d, 1);
      v += 2 * w[2] * w[3] * map.covariance(a + down, d, 2);
      v += 2 * w[1] * w[3] * map.covariance(a + right, d, 3);
      v += 2 * w[0] * w[3] * map.covariance(a, d, 4);
      v += 2 * w[1] * w[2] * map.covarianceSouthWest(a + right, a + down);
    }
    return v;
  }

  private static double position(int at, int size, int cells) {
    return Math.clamp((at + 0.5) * cells / size - 0.5, 0, cells - 1);
  }
}
