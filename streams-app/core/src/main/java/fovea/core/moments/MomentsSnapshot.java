package fovea.core.moments;

import static fovea.core.moments.MomentsFormat.INT;
import static fovea.core.moments.MomentsFormat.LONG;

/**
 * What an aggregate said at one moment: counts, and the mean and variance of its maps, on the grid
 * or bilinearly upsampled to any size.
 *
 * <p>Immutable. Of nothing (n = 0) every mean and variance is NaN. Variance is that of the
 * population of maps (÷ n), exact on the grid up to the last rounding: sums are combined in 128
 * bits before they become doubles.
 */
public final class MomentsSnapshot {
  private final byte[] state;
  private final int cells;
  private final double scale;

  /** Takes over a checked state. */
  MomentsSnapshot(byte[] state) {
    this.state = state;
    this.cells = gridHeight() * gridWidth();
    this.scale = Math.scalb(1.0, MomentsFormat.scaleExponent(state));
  }

  public long n() {
    return (long) LONG.get(state, MomentsFormat.N);
  }

  /** How many of the maps were zero maps. */
  public long empty() {
    return (long) LONG.get(state, MomentsFormat.EMPTY);
  }

  /** How many cells did not fit the scale, over all maps. */
  public long clipped() {
    return (long) LONG.get(state, MomentsFormat.CLIPPED);
  }

  /** Sum over images of a 64-bit HMAC, modulo 2^64: equal sets of images have equal F. */
  public long fingerprint() {
    return (long) LONG.get(state, MomentsFormat.FINGERPRINT);
  }

  public int gridHeight() {
    return MomentsFormat.gridHeight(state);
  }

  public int gridWidth() {
    return MomentsFormat.gridWidth(state);
  }

  public int scaleExponent() {
    return MomentsFormat.scaleExponent(state);
  }

  /** Mean per cell, row-major, in the map's own units. */
  public double[] mean() {
    double[] out = new double[cells];
    for (int i = 0; i < cells; i++) {
      out[i] = mean(i);
    }
    return out;
  }

  /** Variance per cell, row-major, in squared units. */
  public double[] variance() {
    double[] out = new double[cells];
    for (int i = 0; i < cells; i++) {
      out[i] = covariance(i, i, 1);
    }
    return out;
  }

  /** Share of images whose cell is at least ½, row-major. */
  public double[] exceedance() {
    double[] out = new double[cells];
    int at = MomentsFormat.plane(MomentsFormat.PLANES, cells);
    for (int i = 0; i < cells; i++) {
      out[i] = (int) INT.get(state, at + 4 * i) / (double) n();
    }
    return out;
  }

  /** Mean and variance of the maps upsampled bilinearly (half-pixel centres, edges clamped). */
  public UpsampledMap upsampled(int height, int width) {
    return Bilinear.upsample(this, height, width);
  }

  /** The same sums, a copy that more can be added to. */
  public Moments moments() {
    return Moments.read(state);
  }

  /**
   * Whether any maps have these sums, as far as counts and squares tell: else they are a mixture.
   */
  public boolean possible() {
    int at = MomentsFormat.plane(MomentsFormat.PLANES, cells);
    boolean possible = empty() >= 0 && empty() <= n() && clipped() >= 0;
    for (int i = 0; possible && i < cells; i++) {
      int halves = (int) INT.get(state, at + 4 * i);
      possible =
          halves >= 0
              && halves <= n()
              && sum(1, i) >= 0
              && (n() > 0 ? covariance(i, i, 1) >= 0 : sum(1, i) == 0 && sum(0, i) == 0);
    }
    return possible;
  }

  double mean(int cell) {
    return sum(0, cell) / (double) n() * scale;
  }

  /** Covariance of two cells; {@code plane} holds the sum of their products at {@code at}. */
  double covariance(int at, int other, int plane) {
    return covariance(sum(plane, at), sum(0, at), sum(0, other)) * scale * scale;
  }

  /**
   * Of the pair whose left cell is {@code left}: its product with the one below and to the left.
   */
  double covarianceSouthWest(int right, int below) {
    return covariance(sum(5, right), sum(0, right), sum(0, below)) * scale * scale;
  }

  private double covariance(long product, long a, long b) {
    long n = n();
    long high = Math.multiplyHigh(n, product) - Math.multiplyHigh(a, b);
    long low = n * product;
    long minus = a * b;
    if (Long.compareUnsigned(low, minus) < 0) {
      high--;
    }
    return toDouble(high, low - minus) / n / n;
  }

  /**
   * Of 128 bits in two's complement: the magnitude, or a small negative number loses its digits.
   */
  private static double toDouble(long high, long low) {
    if (high < 0) {
      return -toDouble(low == 0 ? -high : ~high, -low);
    }
    return Math.scalb((double) high, 64) + unsigned(low);
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : Math.scalb((double) (value >>> 1 | (value & 1)), 1);
  }

  @Override
  public String toString() {
    return "MomentsSnapshot[n=%d, %dx%d]".formatted(n(), gridHeight(), gridWidth());
  }

  private long sum(int plane, int cell) {
    return (long) LONG.get(state, MomentsFormat.plane(plane, cells) + 8 * cell);
  }
}
