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
}
