package fovea.core.explainer.head;

import fovea.core.explainer.FeatureMaps;
import fovea.core.explainer.LabelGrids;

/**
 * Grad-CAM in closed form: {@code relu(Σ_k w_ck A_k)} with {@code w_ck = mean over cells of
 * ∂logit_c ÷ ∂A_k} (Selvaraju et al., ICCV 2017), no gradients taken.
 *
 * <p>Behind global average pooling ∂logit/∂A_k is {@code w_ck(x) ÷ cells} in every cell. So for one
 * linear layer Grad-CAM is the positive part of CAM ÷ cells, and for ReLU-like heads that of the
 * class evidence ÷ cells: the same attention map, because its maximum is divided out. For smooth
 * activations it is a first-order statement: quantity ATTENTION, and no residual is promised.
 */
public final class GradCam {
  private GradCam() {}

  /** Positive part only. */
  public static LabelGrids of(FeatureMaps features, Head head) {
    return features.weighted(weights(features, head)).positive();
  }

  /** w, one row per label, one value per channel. */
  public static double[][] weights(FeatureMaps features, Head head) {
    LocalHead local = head.at(features.pooled());
    double[][] out = new double[local.labels()][];
    for (int l = 0; l < out.length; l++) {
      out[l] = local.weights(l);
      for (int k = 0; k < out[l].length; k++) {
        out[l][k] /= features.cells();
      }
    }
    return out;
  }
}
