package fovea.core.composition;

import fovea.core.moments.Folds;
import fovea.core.moments.FoldsSnapshot;

/**
 * How far the difference of two mean maps may be chance, from the folds of both. Immutable.
 *
 * <p>Folds are dealt by subject in the same way everywhere, so a subject that is in both maps is in
 * the same fold of both, and what its images have in common cancels as it must.
 */
public final class FoldedDifference {
  private final FoldsSnapshot first;
  private final FoldsSnapshot second;

  /**
   * Of the first minus the second.
   *
   * @throws IllegalArgumentException if the grids differ, or either holds no image
   */
  public FoldedDifference(FoldsSnapshot first, FoldsSnapshot second) {
    if (first.gridHeight() != second.gridHeight() || first.gridWidth() != second.gridWidth()) {
      throw new IllegalArgumentException("folds of two grids have no difference");
    }
    if (first.n() == 0 || second.n() == 0) {
      throw new IllegalArgumentException("no image has no mean");
    }
    this.first = first;
    this.second = second;
  }

  /**
   * Standard error of the difference, per cell, row-major; NaN where fewer than two folds hold
   * images.
   *
   * <p>The square root of K ÷ (K−1) · Σₖ zₖ², where zₖ = nₖ ÷ n (mₖ − m) of the first minus the
   * same of the second: the linearised variance of a difference of ratios of cluster totals (W. G.
   * Cochran, Sampling Techniques, 3rd ed., 1977, ch. 6), the clusters being folds of subjects.
   */
  public double[] standardError() {
    double[] squares = new double[first.gridHeight() * first.gridWidth()];
    double[] firstMean = first.mean();
    double[] secondMean = second.mean();
    int held = 0;
    for (int fold = 0; fold < Folds.FOLDS; fold++) {
      held += first.n(fold) + second.n(fold) > 0 ? 1 : 0;
      double[] a = deviation(first, fold, firstMean);
      double[] b = deviation(second, fold, secondMean);
      for (int i = 0; i < squares.length; i++) {
        squares[i] += (a[i] - b[i]) * (a[i] - b[i]);
      }
    }
    double[] out = new double[squares.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = held < 2 ? Double.NaN : Math.sqrt(squares[i] * held / (held - 1.0));
    }
    return out;
  }

  private static double[] deviation(FoldsSnapshot of, int fold, double[] mean) {
    double[] out = new double[mean.length];
    if (of.n(fold) > 0) {
      double share = (double) of.n(fold) / of.n();
      double[] own = of.mean(fold);
      for (int i = 0; i < out.length; i++) {
        out[i] = share * (own[i] - mean[i]);
      }
    }
    return out;
  }
}
