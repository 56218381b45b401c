package fovea.inference;

import fovea.core.quality.RandomisationCheck;
import java.util.Optional;

/**
 * Whether the maps of one label depend on the weights.
 *
 * @param label the label
 * @param validated whether the manifest names it as one to validate; of two labels that exclude
 *     each other the other's maps are mirror images
 * @param images of which the model has a map that is not empty
 * @param check empty where these are fewer than {@value WeightCheck#LEAST_IMAGES}
 */
public record LabelCheck(
    String label, boolean validated, int images, Optional<RandomisationCheck> check) {

  /** What was found. */
  public enum Verdict {
    /** Maps of random weights are less like the model's than maps of other images are. */
    DEPENDS,
    /** They are as like it as that, or more. */
    DOES_NOT_DEPEND,
    /** By rank correlation they are and by SSIM not, or the reverse. */
    NOT_SHOWN,
    /** Too few images have a map. */
    NOT_CHECKED
  }

  /** What was found. */
  public Verdict verdict() {
    return check
        .map(
            c ->
                c.dependsOnWeights()
                    ? Verdict.DEPENDS
                    : c.ignoresWeights() ? Verdict.DOES_NOT_DEPEND : Verdict.NOT_SHOWN)
        .orElse(Verdict.NOT_CHECKED);
  }
}
