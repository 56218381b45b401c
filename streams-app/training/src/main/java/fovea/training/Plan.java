package fovea.training;

/**
 * How a net is trained.
 *
 * @param seed of everything random
 * @param epochs at most
 * @param batch images a step
 * @param rate of Adam at the start; it falls to a twentieth along a cosine
 * @param weights of what is added to the cross-entropy
 * @param patience epochs without a better validation objective before training stops
 */
record Plan(long seed, int epochs, int batch, float rate, Weights weights, int patience) {
  Plan {
    if (epochs <= 0 || batch <= 0 || patience <= 0) {
      throw new IllegalArgumentException(
          "epochs, batch and patience must be positive: %d, %d, %d"
              .formatted(epochs, batch, patience));
    }
    if (!(rate > 0)) {
      throw new IllegalArgumentException("rate must be positive: " + rate);
    }
  }

  /**
   * Terms beside the cross-entropy of the logits; 0 leaves one out.
   *
   * @param guidance cross-entropy of what another pooling would say: the strongest cell beside the
   *     mean, the sum beside a soft maximum
   * @param sparsity the maps' mean absolute value; of lesion maps the mean square
   * @param restraint mean positive evidence for labels that are absent
   */
  record Weights(float guidance, float sparsity, float restraint) {
    Weights {
      if (!(guidance >= 0 && sparsity >= 0 && restraint >= 0)) {
        throw new IllegalArgumentException(
            "weights must not be negative: %s, %s, %s".formatted(guidance, sparsity, restraint));
      }
    }
  }

  static Plan of(long seed, int epochs) {
    return new Plan(seed, epochs, 16, 3e-3f, new Weights(1, 0.01f, 0.1f), 5);
  }

  /** For lesions and the diagnosis made of them. */
  static Plan lesions(long seed, int epochs) {
    return new Plan(seed, epochs, 16, 3e-3f, new Weights(1, 0.02f, 0.1f), 5);
  }

  /** For a folder of images. */
  static Plan folder(long seed, int epochs, int patience) {
    return new Plan(seed, epochs, 32, 1e-3f, new Weights(0, 0, 0), patience);
  }
}
