package fovea.core.explainer.head;

import fovea.core.explainer.LabelGrids;

/**
 * AdaCAM, Fovea's reading: {@code A = Σ_c softmax(mean G)_c · G_c} of the class maps G (Gao, Tian
 * and Qi, arXiv 2206.12943, whose printed formula leaves the weights open).
 *
 * <p>It knows no label, so it belongs to the overall map alone. Where one label has all the
 * probability it is that label's CAM.
 */
public final class AdaCam {
  private AdaCam() {}

  /** One map. */
  public static LabelGrids of(LabelGrids classMaps) {
    double[] weights = softmaxOfMeans(classMaps);
    float[] out = new float[classMaps.cells()];
    for (int cell = 0; cell < out.length; cell++) {
      double sum = 0;
      for (int c = 0; c < weights.length; c++) {
        sum += weights[c] * classMaps.value(c, cell);
      }
      out[cell] = (float) sum;
    }
    return new LabelGrids(out, 1, classMaps.height(), classMaps.width());
  }

  private static double[] softmaxOfMeans(LabelGrids maps) {
    double[] out = new double[maps.labels()];
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < out.length; c++) {
      out[c] = maps.sum(c) / maps.cells();
      max = Math.max(max, out[c]);
    }
    double total = 0;
    for (int c = 0; c < out.length; c++) {
      out[c] = Math.exp(out[c] - max);
      total += out[c];
    }
    for (int c = 0; c < out.length; c++) {
      out[c] /= total;
    }
    return out;
  }
}
