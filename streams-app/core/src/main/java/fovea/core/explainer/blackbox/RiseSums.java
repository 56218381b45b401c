package fovea.core.explainer.blackbox;

import fovea.core.explainer.LabelGrids;

/**
 * The sums over masks from which both forms of RISE follow, and the standard error of the centred.
 *
 * <p>Masks are 0 or 1 on cells, so per label and cell only Σf and Σf² over the masks that kept it
 * are needed: 16 bytes a label and cell, whatever the number of masks. Scores are held as
 * differences to the first, which the centred form does not see and digits do. Thread-confined.
 */
public final class RiseSums {
  private final Question question;
  private final double kept;
  private final int cells;
  private final double[] first;
  private final double[] total;
  private final double[] totalSquares;
  private final double[] keptScores;
  private final double[] keptSquares;
  private final int[] keptMasks;
  private int n;

  RiseSums(Question question, double kept) {
    int labels = question.labels().size();
    this.question = question;
    this.kept = kept;
    this.cells = question.cells();
    this.first = new double[labels];
    this.total = new double[labels];
    this.totalSquares = new double[labels];
    this.keptScores = new double[labels * cells];
    this.keptSquares = new double[labels * cells];
    this.keptMasks = new int[cells];
  }

  void add(boolean[] mask, double[] scores) {
    if (n++ == 0) {
      System.arraycopy(scores, 0, first, 0, first.length);
    }
    for (int cell = 0; cell < cells; cell++) {
      keptMasks[cell] += mask[cell] ? 1 : 0;
    }
    for (int l = 0; l < first.length; l++) {
      double f = scores[l] - first[l];
      total[l] += f;
      totalSquares[l] += f * f;
      for (int cell = 0; cell < cells; cell++) {
        keptScores[l * cells + cell] += mask[cell] ? f : 0;
        keptSquares[l * cells + cell] += mask[cell] ? f * f : 0;
      }
    }
  }

  /** {@code S(p) = Σ_n (f_n − f̄)(M_n(p) − p1) ÷ (N p1 (1 − p1))}: what is aggregated. */
  public LabelGrids centred() {
    return grids(this::centred);
  }

  /** Monte-Carlo standard error of the centred form. */
  public LabelGrids standardError() {
    return grids(this::standardError);
  }

  /**
   * {@code S(p) = Σ_n f_n M_n(p) ÷ (N p1)} (Petsiuk, Das and Saenko, BMVC 2018), for comparison
   * only: its constant offset would dominate a mean map.
   */
  public LabelGrids published() {
    return grids(
        (label, cell) ->
            (keptScores[label * cells + cell] + first[label] * keptMasks[cell]) / (n * kept));
  }

  /** Σ (f − f̄)(M − p1) = Σ_kept f − kept masks · f̄, for Σ (f − f̄) is 0. */
  private double centred(int label, int cell) {
    double mean = total[label] / n;
    double sum = keptScores[label * cells + cell] - keptMasks[cell] * mean;
    return sum / (n * kept * (1 - kept));
  }

  private double standardError(int label, int cell) {
    double mean = total[label] / n;
    double in = keptScores[label * cells + cell];
    double inSquares = squares(keptSquares[label * cells + cell], in, mean, keptMasks[cell]);
    double outSquares =
        squares(
            totalSquares[label] - keptSquares[label * cells + cell],
            total[label] - in,
            mean,
            n - keptMasks[cell]);
    double scale = kept * (1 - kept);
    double s = centred(label, cell);
    double meanSquare =
        ((1 - kept) * (1 - kept) * inSquares + kept * kept * outSquares) / (scale * scale * n);
    return Math.sqrt(Math.max(0, meanSquare - s * s) / (n - 1));
  }

  /** Σ (f − mean)² of a group. */
  private static double squares(double sumSquares, double sum, double mean, int count) {
    return Math.max(0, sumSquares - 2 * mean * sum + count * mean * mean);
  }

  private interface Cell {
    double of(int label, int cell);
  }

  private LabelGrids grids(Cell value) {
    float[] out = new float[first.length * cells];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) value.of(i / cells, i % cells);
    }
    return new LabelGrids(out, first.length, question.gridHeight(), question.gridWidth());
  }
}
