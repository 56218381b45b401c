package fovea.streams;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.blackbox.ImageSeed;
import fovea.core.explainer.blackbox.Perturbation;

/**
 * Which images are asked more than once, and what.
 *
 * @param share of images, 0..1; which ones follows from their ids alone
 * @param explainer a perturbation explainer that the fast one is compared with
 * @param steps of deletion and of insertion, for each label the model decides
 * @param budget forwards of the model for one question at most
 * @param batch images of one batch of those
 */
public record SamplePolicy(
    double share, ExplainerSpec explainer, int steps, int budget, int batch) {
  /** Of five thousand images one, for some fifty forwards: a hundredth of what the model costs. */
  public static final SamplePolicy DEFAULT =
      new SamplePolicy(0.0002, new ExplainerSpec.Occlusion(2, 2), 10, 300, 16);

  public SamplePolicy {
    if (!(share >= 0 && share <= 1) || steps < 1 || budget < 2 * steps || batch < 1) {
      throw new IllegalArgumentException(
          "share %s, %d steps, budget %d, batch %d".formatted(share, steps, budget, batch));
    }
    Perturbation.of(explainer);
  }

  boolean holds(String imageId) {
    return ImageSeed.sampled(imageId, share);
  }

  Perturbation perturbation() {
    return Perturbation.of(explainer);
  }
}
