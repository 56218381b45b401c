package fovea.core.moments;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What folds said at one moment, and what follows from how much they differ.
 *
 * <p>Sums are 64 bits wide, so that snapshots add up over panes, sites and any other keys.
 * Immutable and thread-safe. Maps are row-major, in the map's own units (1 = the image's maximum).
 */
public final class FoldsSnapshot {
  private final int height;
  private final int width;
  private final long[] n;
  private final long[][] sums;

  private FoldsSnapshot(int height, int width, long[] n, long[][] sums) {
    this.height = height;
    this.width = width;
    this.n = n;
    this.sums = sums;
  }

  /** Reads a checked state; nothing of it is kept. */
  static FoldsSnapshot of(byte[] state) {
    int height = FoldsFormat.height(state);
    int width = FoldsFormat.width(state);
    int cells = height * width;
    long[] n = new long[Folds.FOLDS];
    long[][] sums = new long[Folds.FOLDS][cells];
    for (int fold = 0; fold < Folds.FOLDS; fold++) {
      n[fold] = FoldsFormat.n(state, fold);
      int plane = FoldsFormat.plane(fold, cells);
      for (int i = 0; i < cells; i++) {
        sums[fold][i] = FoldsFormat.at(state, plane + 4 * i);
      }
    }
    return new FoldsSnapshot(height, width, n, sums);
  }

  /**
   * Both together.
   *
   * @throws IllegalArgumentException if the grids differ
   * @throws ArithmeticException if a sum does not fit 64 bits
   */
  public FoldsSnapshot plus(FoldsSnapshot other) {
    if (other.height != height || other.width != width) {
      throw new IllegalArgumentException(
          "folds of %dx%d do not fit %dx%d".formatted(other.height, other.width, height, width));
    }
    long[] count = new long[Folds.FOLDS];
    long[][] sum = new long[Folds.FOLDS][height * width];
    for (int fold = 0; fold < Folds.FOLDS; fold++) {
      count[fold] = Math.addExact(n[fold], other.n[fold]);
      for (int i = 0; i < sum[fold].length; i++) {
        sum[fold][i] = Math.addExact(sums[fold][i], other.sums[fold][i]);
      }
    }
    return new FoldsSnapshot(height, width, count, sum);
  }

  public int gridHeight() {
    return height;
  }

  public int gridWidth() {
    return width;
  }

  /** Images in all folds. */
  public long n() {
    return Arrays.stream(n).sum();
  }

  /** Images in one fold, 0..19. */
  public long n(int fold) {
    return n[fold];
  }

  /** Mean of one fold, NaN where it holds no image. */
  public double[] mean(int fold) {
    return mean(n[fold], sums[fold]);
  }

  /** Mean over all folds: that of the aggregate itself. */
  public double[] mean() {
    return mean(n(), sum(fold -> true));
  }

  /**
   * Standard error of the mean, per cell; NaN where fewer than two folds hold images.
   *
   * <p>From the variance between the K folds that hold images, each weighted by its images: with
   * mean m = Σₖ Sₖ ÷ n, the square root of K ÷ (K−1) · Σₖ (nₖ ÷ n)² (mₖ − m)². It is the linearised
   * variance of a ratio of cluster totals (W. G. Cochran, Sampling Techniques, 3rd ed., 1977, ch.
   * 6), the clusters being folds of subjects: images of one subject may depend on one another in
   * any way.
   */
  public double[] standardError() {
    double[] mean = mean();
    double[] out = new double[mean.length];
    long held = Arrays.stream(n).filter(images -> images > 0).count();
    double total = n();
    for (int i = 0; i < out.length; i++) {
      double squares = 0;
      for (int fold = 0; fold < Folds.FOLDS; fold++) {
        double deviation = value(sums[fold][i]) - n[fold] * mean[i];
        squares += deviation * deviation;
      }
      out[i] = held < 2 ? Double.NaN : Math.sqrt(squares * held / (held - 1.0)) / total;
    }
    return out;
  }

  /**
   * How alike the maps of two halves of the subjects are: Pearson's correlation over cells,
   * averaged over the 19 balanced splits of {@link HalfSplits}.
   *
   * <p>It is of halves; nothing is corrected for their smaller n (Spearman and Brown's formula, 2r
   * ÷ (1+r), would tell that of two maps as large as this one). A split whose halves do not both
   * hold images and vary over cells is left out; NaN where none is left.
   */
  public double splitHalf() {
    double sum = 0;
    int splits = 0;
    for (int split = 0; split < HalfSplits.COUNT; split++) {
      double r = correlation(half(split, true), half(split, false));
      if (!Double.isNaN(r)) {
        sum += r;
        splits++;
      }
    }
    return splits == 0 ? Double.NaN : sum / splits;
  }

  private double[] half(int split, boolean side) {
    long images = 0;
    for (int fold = 0; fold < Folds.FOLDS; fold++) {
      images += HalfSplits.first(split, fold) == side ? n[fold] : 0;
    }
    return mean(images, sum(fold -> HalfSplits.first(split, fold) == side));
  }

  private long[] sum(IntPredicate wanted) {
    long[] out = new long[height * width];
    for (int fold = 0; fold < Folds.FOLDS; fold++) {
      for (int i = 0; i < out.length && wanted.test(fold); i++) {
        out[i] = Math.addExact(out[i], sums[fold][i]);
      }
    }
    return out;
  }

  private static double[] mean(long images, long[] sum) {
    double[] out = new double[sum.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = images == 0 ? Double.NaN : value(sum[i]) / images;
    }
    return out;
  }

  private static double value(long sum) {
    return Math.scalb((double) sum, Folds.SCALE_EXPONENT);
  }

  /** NaN of NaN, and where one does not vary. */
  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(Double.NaN);
    double meanB = Arrays.stream(b).average().orElse(Double.NaN);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : Double.NaN;
  }
}
