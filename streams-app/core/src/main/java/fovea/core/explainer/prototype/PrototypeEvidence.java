package fovea.core.explainer.prototype;

import fovea.core.explainer.LabelGrids;
import fovea.core.inference.Outputs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The exact decomposition of ProtoPNet's logits (Chen et al., NeurIPS 2019): {@code logit_c = Σ_j
 * W_cj s_j}, no bias.
 *
 * <p>As a map, W_cj s_j stands in the cell where prototype j is found, so a label's cells sum to
 * its logit; that map is what is aggregated. Immutable and thread-safe.
 */
public final class PrototypeEvidence {
  private final LabelGrids similarities;
  private final float[][] weights;

  /**
   * @param similarities one map per prototype, as the model gives them
   * @param weights W, one row per label, one value per prototype; copied
   */
  public PrototypeEvidence(LabelGrids similarities, float[][] weights) {
    this.similarities = similarities;
    this.weights = weights.clone();
    for (int c = 0; c < weights.length; c++) {
      if (weights[c].length != similarities.labels()) {
        throw new IllegalArgumentException(
            "%d weights for %d prototypes".formatted(weights[c].length, similarities.labels()));
      }
      this.weights[c] = weights[c].clone();
    }
  }

  /** Every prototype's contribution to a label, in order of prototype. */
  public List<Contribution> contributions(int label) {
    List<Contribution> out = new ArrayList<>();
    for (int j = 0; j < similarities.labels(); j++) {
      int cell = similarities.peak(j);
      out.add(new Contribution(j, similarities.value(j, cell), weights[label][j], cell));
    }
    return out;
  }

  /** The k that add most, greatest first; of equal ones the lower prototype. */
  public List<Contribution> top(int label, int k) {
    return contributions(label).stream()
        .sorted(Comparator.comparingDouble(Contribution::value).reversed())
        .limit(k)
        .toList();
  }

  /** {@code Σ_j W_cj s_j}. */
  public double logit(int label) {
    return contributions(label).stream().mapToDouble(Contribution::value).sum();
  }

  /** One map per label; its cells sum to the logit. */
  public LabelGrids grids() {
    double[] sums = new double[weights.length * similarities.cells()];
    for (int c = 0; c < weights.length; c++) {
      for (Contribution part : contributions(c)) {
        sums[c * similarities.cells() + part.cell()] += part.value();
      }
    }
    float[] out = new float[sums.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) sums[i];
    }
    return new LabelGrids(out, weights.length, similarities.height(), similarities.width());
  }

  /**
   * The same in the terms of {@code evidence/1}, whose logit is the mean and not the sum: every
   * cell times the number of cells, offset 0.
   */
  public Outputs outputs() {
    float[] evidence = grids().values();
    for (int i = 0; i < evidence.length; i++) {
      evidence[i] *= similarities.cells();
    }
    float[] logits = new float[weights.length];
    for (int c = 0; c < logits.length; c++) {
      logits[c] = (float) logit(c);
    }
    return new Outputs(
        logits, evidence, new float[logits.length], similarities.height(), similarities.width());
  }
}
