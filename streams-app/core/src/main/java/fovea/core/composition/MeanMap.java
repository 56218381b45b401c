package fovea.core.composition;

import fovea.core.moments.MomentsSnapshot;
import java.util.Arrays;
import java.util.List;

/**
 * A mean per cell, of images or of other means. Immutable.
 *
 * <p>Of images it is exact but for the last rounding: an integer sum, divided once. A mean of means
 * (every site or label has equal weight, however many images it has) has no integer sum; it is
 * computed in double, in the order given, and good to a few units in the last place.
 */
public final class MeanMap {
  private final int height;
  private final int width;
  private final long n;
  private final long fingerprint;
  private final double[] mean;

  private MeanMap(int height, int width, long n, long fingerprint, double[] mean) {
    this.height = height;
    this.width = width;
    this.n = n;
    this.fingerprint = fingerprint;
    this.mean = mean;
  }

  /**
   * The mean over the images of an aggregate.
   *
   * @throws IllegalArgumentException if it holds none: nothing has no mean
   */
  public static MeanMap of(MomentsSnapshot images) {
    if (images.n() == 0) {
      throw new IllegalArgumentException("no image has no mean");
    }
    return new MeanMap(
        images.gridHeight(), images.gridWidth(), images.n(), images.fingerprint(), images.mean());
  }

  /**
   * The mean of means, each with equal weight.
   *
   * @throws IllegalArgumentException if there is none, or grids differ
   */
  public static MeanMap ofMeans(List<MeanMap> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no map has no mean");
    }
    MeanMap first = parts.getFirst();
    double[] mean = new double[first.mean.length];
    long n = 0;
    long fingerprint = 0;
    for (MeanMap part : parts) {
      first.checkFits(part);
      n += part.n;
      fingerprint += part.fingerprint;
      for (int i = 0; i < mean.length; i++) {
        mean[i] += part.mean[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= parts.size();
    }
    return new MeanMap(first.height, first.width, n, fingerprint, mean);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** Images in it; one that entered by two labels counts twice. */
  public long n() {
    return n;
  }

  /** Sum of the fingerprints of all that entered, modulo 2^64. */
  public long fingerprint() {
    return fingerprint;
  }

  /** Row-major, a copy, in the maps' own units. */
  public double[] mean() {
    return mean.clone();
  }

  /**
   * What this map has more than {@code other}, cell by cell.
   *
   * @throws IllegalArgumentException if grids differ
   */
  public MapDifference minus(MeanMap other) {
    checkFits(other);
    double[] values = new double[mean.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean[i] - other.mean[i];
    }
    return new MapDifference(this, other, values);
  }

  private void checkFits(MeanMap other) {
    if (other.height != height || other.width != width) {
      throw new IllegalArgumentException(
          "%dx%d does not fit %dx%d".formatted(other.height, other.width, height, width));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MeanMap that
        && n == that.n
        && fingerprint == that.fingerprint
        && width == that.width
        && Arrays.equals(mean, that.mean);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(mean);
  }
}
