package fovea.streams;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.blackbox.ImageSeed;
import fovea.core.explainer.blackbox.MaskEs;
import fovea.core.explainer.blackbox.Occlusion;
import fovea.core.explainer.blackbox.Perturbation;
import fovea.core.explainer.blackbox.Rise;

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

  private static final String PURPOSE = "sample";

  public SamplePolicy {
    if (!(share >= 0 && share <= 1) || steps < 1 || budget < 2 * steps || batch < 1) {
      throw new IllegalArgumentException(
          "share %s, %d steps, budget %d, batch %d".formatted(share, steps, budget, batch));
    }
    perturbation(explainer);
  }

  boolean holds(String imageId) {
    double uniform = (ImageSeed.of(PURPOSE, imageId) >>> 11) * 0x1p-53;
    return uniform < share;
  }

  Perturbation perturbation() {
    return perturbation(explainer);
  }

  private static Perturbation perturbation(ExplainerSpec spec) {
    return switch (spec) {
      case ExplainerSpec.Occlusion occlusion -> new Occlusion(occlusion);
      case ExplainerSpec.Rise rise -> new Rise(rise);
      case ExplainerSpec.MaskEs maskEs -> new MaskEs(maskEs);
      default ->
          throw new IllegalArgumentException(spec.id() + " does not ask the model more than once");
    };
  }
}
