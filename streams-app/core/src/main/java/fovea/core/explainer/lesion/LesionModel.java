package fovea.core.explainer.lesion;

import fovea.core.explainer.LabelGrids;
import java.util.ArrayList;
import java.util.List;

/**
 * Joint lesion identification and diagnosis (Morano et al., CMPB 2023): independent activation maps
 * A_l give {@code p_l = σ(pool(A_l))}, and the diagnosis is made of the p_l alone.
 *
 * @param pooling from map to lesion logit
 * @param diagnosis from lesions to diagnosis
 */
public record LesionModel(LesionPooling pooling, Diagnosis diagnosis) {

  /** The path of one image; its lesions are the maps in their order. */
  public LesionPath path(LabelGrids maps) {
    diagnosis.check(maps.labels());
    List<LesionPath.Step> steps = new ArrayList<>();
    double sum = 0;
    for (int l = 0; l < maps.labels(); l++) {
      double probability = 1 / (1 + Math.exp(-pooling.pool(maps.grid(l))));
      double contribution = diagnosis.contribution(l, probability);
      steps.add(new LesionPath.Step(l, probability, contribution, maps.peak(l)));
      sum += contribution;
    }
    return new LesionPath(steps, diagnosis.probability(sum));
  }

  /**
   * What each cell adds to the diagnosis through the lesions: one map whose mean is {@link
   * LesionPath#sum()}. A lesion's contribution is divided over its map by {@link
   * LesionPooling#shares}.
   */
  public LabelGrids evidence(LabelGrids maps) {
    float[] out = new float[maps.cells()];
    for (LesionPath.Step step : path(maps).steps()) {
      double[] shares = pooling.shares(maps.grid(step.lesion()));
      for (int i = 0; i < out.length; i++) {
        out[i] += (float) (out.length * step.contribution() * shares[i]);
      }
    }
    return new LabelGrids(out, 1, maps.height(), maps.width());
  }
}
