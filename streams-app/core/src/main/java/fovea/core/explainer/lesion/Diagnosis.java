package fovea.core.explainer.lesion;

import java.util.List;

/** How lesions become a diagnosis, in a form in which each has an exact share. */
public sealed interface Diagnosis {

  /** What one lesion of probability p adds. */
  double contribution(int lesion, double probability);

  /** The diagnosis of the sum of contributions, 0..1. */
  double probability(double sum);

  /**
   * Refuses what does not go with so many lesions.
   *
   * @throws IllegalArgumentException if it does not
   */
  void check(int lesions);

  /**
   * {@code p = σ(b + Σ_l w_l p_l)}: contributions w_l p_l add up to the logit minus b.
   *
   * @param weights one per lesion, none negative: a lesion never speaks against the disease
   * @param bias b
   */
  record Weighted(List<Double> weights, double bias) implements Diagnosis {
    public Weighted {
      weights = List.copyOf(weights);
      for (double weight : weights) {
        if (!(weight >= 0)) {
          throw new IllegalArgumentException("weights must not be negative: " + weights);
        }
      }
    }

    @Override
    public void check(int lesions) {
      if (lesions != weights.size()) {
        throw new IllegalArgumentException(
            "%d weights for %d lesions".formatted(weights.size(), lesions));
      }
    }

    @Override
    public double contribution(int lesion, double probability) {
      return weights.get(lesion) * probability;
    }

    @Override
    public double probability(double sum) {
      return 1 / (1 + Math.exp(-(sum + bias)));
    }
  }

  /** {@code p = 1 − Π(1 − p_l)}: contributions −ln(1 − p_l) add up to −ln(1 − p). */
  record NoisyOr() implements Diagnosis {
    /** A lesion that is certain still has a finite share. */
    private static final double CERTAIN = 1 - 0x1p-30;

    @Override
    public void check(int lesions) {}

    @Override
    public double contribution(int lesion, double probability) {
      return -Math.log1p(-Math.min(probability, CERTAIN));
    }

    @Override
    public double probability(double sum) {
      return -Math.expm1(-sum);
    }
  }
}
