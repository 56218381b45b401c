package fovea.core.explainer.head;

import fovea.core.explainer.FeatureMaps;
import fovea.core.explainer.LabelGrids;
import fovea.core.inference.Outputs;

/**
 * Class evidence: {@code E_c = Σ_k w_ck(x) A_k}, so that {@code logit_c = mean(E_c) + offset_c(x)}.
 *
 * <p>With one linear layer this is the class activation map of Zhou et al. (CVPR 2016); with ReLU,
 * PReLU or leaky ReLU between linear layers it is as exact, with w and offset of this image. Biases
 * are in the offset, never in the map. Cost: labels × channels × cells multiplications.
 */
public final class ClassEvidence {
  private ClassEvidence() {}

  /**
   * Logits, evidence and offset as contract {@code evidence/1} has them. The logits are computed
   * forward and not from the evidence, so {@link Outputs#residual()} tests the equality.
   *
   * @throws IllegalArgumentException if the head has a smooth activation: see {@link GradCam}
   */
  public static Outputs of(FeatureMaps features, Head head) {
    double[] pooled = features.pooled();
    return outputs(features, exact(head).at(pooled), head.logits(pooled));
  }

  /** The contrast for softmax: logits, evidence and offset centred over labels. */
  public static Outputs contrast(FeatureMaps features, Head head) {
    double[] pooled = features.pooled();
    return outputs(features, exact(head).at(pooled).centred(), Head.centred(head.logits(pooled)));
  }

  private static Head exact(Head head) {
    if (!head.exact()) {
      throw new IllegalArgumentException("a head with a smooth activation has no exact evidence");
    }
    return head;
  }

  private static Outputs outputs(FeatureMaps features, LocalHead local, double[] logits) {
    LabelGrids evidence = features.weighted(local.rows());
    float[] offset = new float[logits.length];
    float[] rounded = new float[logits.length];
    for (int l = 0; l < offset.length; l++) {
      offset[l] = (float) local.offset(l);
      rounded[l] = (float) logits[l];
    }
    return new Outputs(rounded, evidence.values(), offset, features.height(), features.width());
  }
}
