package fovea.core.explainer.prototype;

/**
 * What one prototype adds to one logit.
 *
 * @param prototype index
 * @param similarity s_j, the greatest over cells
 * @param weight W_cj
 * @param cell where s_j is greatest, row-major; of several the first
 */
public record Contribution(int prototype, double similarity, double weight, int cell) {

  /** {@code W_cj · s_j}. */
  public double value() {
    return weight * similarity;
  }
}
