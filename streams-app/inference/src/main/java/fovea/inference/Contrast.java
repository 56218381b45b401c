package fovea.inference;

import fovea.core.inference.Outputs;

/** The balance of softmax evidence over labels. */
final class Contrast {
  private Contrast() {}

  /** The greatest |mean over labels| of any cell: 0 where evidence is a contrast. */
  static double imbalance(Outputs outputs) {
    double[] sums = new double[outputs.gridHeight() * outputs.gridWidth()];
    for (int label = 0; label < outputs.labels(); label++) {
      float[] evidence = outputs.evidence(label);
      for (int cell = 0; cell < sums.length; cell++) {
        sums[cell] += evidence[cell];
      }
    }
    double worst = 0;
    for (double sum : sums) {
      worst = Math.max(worst, Math.abs(sum / outputs.labels()));
    }
    return worst;
  }
}
