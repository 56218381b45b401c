package fovea.core.moments;

/**
 * Bilinear upsampling of an aggregate, exact because it is linear: a pixel's mean is the weighted
 * mean of its four cells, its variance the weighted sum of their covariances.
 *
 * <p>Means and covariances of neighbours are taken from the sums once per cell, weights once per
 * row and column: a pixel costs some multiplications.
 */
final class Bilinear {
  private static final int EAST = 2;
  private static final int SOUTH = 3;
  private static final int SOUTH_EAST = 4;

  private final int gridHeight;
  private final int gridWidth;
  private final int right;
  private final int down;
  private final double[] cellMean;
  private final double[] own;
  private final double[] east;
  private final double[] south;
  private final double[] southEast;
  private final double[] southWest;

  private Bilinear(MomentsSnapshot map) {
    gridHeight = map.gridHeight();
    gridWidth = map.gridWidth();
    right = gridWidth > 1 ? 1 : 0;
    down = gridHeight > 1 ? gridWidth : 0;
    cellMean = map.mean();
    own = map.variance();
    east = new double[own.length];
    south = new double[own.length];
    southEast = new double[own.length];
    southWest = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      boolean beside = i % gridWidth < gridWidth - 1;
      boolean below = i < own.length - gridWidth;
      east[i] = beside ? map.covariance(i, i + 1, EAST) : 0;
      south[i] = below ? map.covariance(i, i + gridWidth, SOUTH) : 0;
      southEast[i] = beside && below ? map.covariance(i, i + gridWidth + 1, SOUTH_EAST) : 0;
      southWest[i] = below && i % gridWidth > 0 ? map.covarianceSouthWest(i, i + gridWidth - 1) : 0;
    }
  }

  static UpsampledMap upsample(MomentsSnapshot map, int height, int width) {
    if (height <= 0 || width <= 0) {
      throw new IllegalArgumentException("size must be positive: " + height + "x" + width);
    }
    Bilinear b = new Bilinear(map);
    Axis down = new Axis(height, b.gridHeight);
    Axis across = new Axis(width, b.gridWidth);
    double[] mean = new double[height * width];
    double[] variance = new double[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int cell = down.cell[y] * b.gridWidth + across.cell[x];
        b.pixel(cell, new Weights(down.share[y], across.share[x]), y * width + x, mean, variance);
      }
    }
    return new UpsampledMap(height, width, mean, variance);
  }

  /** Between which cell and the next the centre of each output pixel lies, and how far. */
  private static final class Axis {
    final int[] cell;
    final double[] share;

    Axis(int size, int cells) {
      cell = new int[size];
      share = new double[size];
      for (int at = 0; at < size; at++) {
        double position = Math.clamp((at + 0.5) * cells / size - 0.5, 0, cells - 1);
        cell[at] = Math.min((int) position, Math.max(0, cells - 2));
        share[at] = position - cell[at];
      }
    }
  }

  /** Of the cell itself, its neighbour to the east, to the south, and to the south-east. */
  private record Weights(double a, double b, double c, double d) {
    Weights(double down, double across) {
      this((1 - down) * (1 - across), (1 - down) * across, down * (1 - across), down * across);
    }
  }

  private void pixel(int a, Weights w, int at, double[] mean, double[] variance) {
    mean[at] =
        w.a * cellMean[a]
            + w.b * cellMean[a + right]
            + w.c * cellMean[a + down]
            + w.d * cellMean[a + down + right];
    variance[at] = variance(a, w);
  }

  private double variance(int a, Weights w) {
    double v = w.a * w.a * own[a];
    if (right > 0) {
      v += w.b * w.b * own[a + right];
      v += 2 * w.a * w.b * east[a];
    }
    if (down > 0) {
      v += w.c * w.c * own[a + down];
      v += 2 * w.a * w.c * south[a];
    }
    if (right > 0 && down > 0) {
      int d = a + down + right;
      v += w.d * w.d * own[d];
      v += 2 * w.c * w.d * east[a + down];
      v += 2 * w.b * w.d * south[a + right];
      v += 2 * w.a * w.d * southEast[a];
      v += 2 * w.b * w.c * southWest[a + right];
    }
    return Math.max(0, v);
  }
}
