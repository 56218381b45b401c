package fovea.core.quality;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;

/** Spearman's rank correlation of two maps. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Pearson's correlation of the ranks, ties sharing their mean rank; −1..1, no value where either
   * map is constant.
   *
   * @throws IllegalArgumentException if lengths differ or a value is NaN
   */
  public static OptionalDouble of(float[] a, float[] b) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException("%d and %d cells".formatted(a.length, b.length));
    }
    double[] x = ranks(a);
    double[] y = ranks(b);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += x[i] * y[i];
      xx += x[i] * x[i];
      yy += y[i] * y[i];
    }
    return xx == 0 || yy == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.clamp(xy / Math.sqrt(xx * yy), -1, 1));
  }

  /** Twice the rank, minus its mean: integers, so a constant map has exactly zeros. */
  private static double[] ranks(float[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    for (float value : values) {
      if (Float.isNaN(value)) {
        throw new IllegalArgumentException("a cell is NaN");
      }
    }
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] out = new double[values.length];
    for (int first = 0; first < order.length; ) {
      int next = first;
      while (next < order.length && values[order[next]] == values[order[first]]) {
        next++;
      }
      for (int i = first; i < next; i++) {
        out[order[i]] = first + next - values.length;
      }
      first = next;
    }
    return out;
  }
}
