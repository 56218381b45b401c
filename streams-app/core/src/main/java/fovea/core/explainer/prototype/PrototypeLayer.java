package fovea.core.explainer.prototype;

import fovea.core.explainer.FeatureMaps;
import fovea.core.explainer.LabelGrids;

/**
 * ProtoPNet's prototypes (Chen et al., NeurIPS 2019): {@code d_j(cell) = max(0, ‖z‖² − 2 z·p_j +
 * ‖p_j‖²)} and {@code s_j(cell) = ln((d + 1) ÷ (d + ε))}.
 *
 * <p>s falls with d, so the greatest similarity is that of the least distance. Immutable and
 * thread-safe. Cost: prototypes × channels × cells multiplications.
 */
public final class PrototypeLayer {
  /** The published ε. */
  public static final double EPSILON = 1e-4;

  private final float[][] prototypes;
  private final double epsilon;

  /**
   * @param prototypes one row per prototype, one value per channel; copied
   * @param epsilon above 0
   */
  public PrototypeLayer(float[][] prototypes, double epsilon) {
    if (prototypes.length == 0 || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          "%d prototypes, epsilon %s".formatted(prototypes.length, epsilon));
    }
    this.prototypes = prototypes.clone();
    for (int j = 0; j < prototypes.length; j++) {
      this.prototypes[j] = prototypes[j].clone();
    }
    this.epsilon = epsilon;
  }

  /** One map of similarities per prototype. */
  public LabelGrids similarities(FeatureMaps features) {
    int cells = features.cells();
    float[] out = new float[prototypes.length * cells];
    for (int j = 0; j < prototypes.length; j++) {
      if (prototypes[j].length != features.channels()) {
        throw new IllegalArgumentException(
            "prototype %d has %d values for %d channels"
                .formatted(j, prototypes[j].length, features.channels()));
      }
      for (int cell = 0; cell < cells; cell++) {
        out[j * cells + cell] = (float) similarity(distance(features, prototypes[j], cell));
      }
    }
    return new LabelGrids(out, prototypes.length, features.height(), features.width());
  }

  /** s of a squared distance. */
  public double similarity(double distance) {
    return Math.log((distance + 1) / (distance + epsilon));
  }

  private static double distance(FeatureMaps features, float[] prototype, int cell) {
    double sum = 0;
    for (int k = 0; k < prototype.length; k++) {
      double difference = (double) features.value(k, cell) - prototype[k];
      sum += difference * difference;
    }
    return sum;
  }
}
