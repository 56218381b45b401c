package fovea.training;

/**
 * How a net is trained.
 *
 * @param seed of everything random
 * @param epochs at most
 * @param batch images a step
 * @param rate of Adam at the start; it falls to a twentieth along a cosine
 * @param guidance weight of what the strongest cell alone would say
 * @param sparsity weight of the maps' mean absolute value beside the cross-entropy
 * @param patience epochs without a better validation objective before training stops
 */
record Plan(
    long seed, int epochs, int batch, float rate, float guidance, float sparsity, int patience) {
  Plan {
    if (epochs <= 0 || batch <= 0 || patience <= 0) {
      throw new IllegalArgumentException(
          "epochs, batch and patience must be positive: %d, %d, %d"
              .formatted(epochs, batch, patience));
    }
    if (!(rate > 0) || !(sparsity >= 0 && guidance >= 0)) {
      throw new IllegalArgumentException(
          "rate must be positive, weights not negative: %s, %s, %s".formatted(rate, guidance, sparsity));
    }
  }

  static Plan of(long seed, int epochs) {
    return new Plan(seed, epochs, 16, 5e-3f, 1, 0.01f, 5);
  }
}
