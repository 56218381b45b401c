package fovea.core.explainer.head;

/**
 * Batch norm with the running statistics, folded: {@code y = a x + c} with {@code a = γ/√(σ² + ε)},
 * {@code c = β − μ a}. Immutable and thread-safe.
 */
public final class BatchNorm implements HeadLayer {
  private final double[] factor;
  private final double[] constant;

  /**
   * Copies all; arrays of one length.
   *
   * @param epsilon added to the variance, which then must be positive
   */
  public BatchNorm(float[] gamma, float[] beta, float[] mean, float[] variance, double epsilon) {
    if (beta.length != gamma.length
        || mean.length != gamma.length
        || variance.length != gamma.length) {
      throw new IllegalArgumentException(
          "lengths differ: %d, %d, %d, %d"
              .formatted(gamma.length, beta.length, mean.length, variance.length));
    }
    this.factor = new double[gamma.length];
    this.constant = new double[gamma.length];
    for (int i = 0; i < gamma.length; i++) {
      if (!(variance[i] + epsilon > 0)) {
        throw new IllegalArgumentException("variance " + i + " is " + variance[i]);
      }
      factor[i] = gamma[i] / Math.sqrt(variance[i] + epsilon);
      constant[i] = beta[i] - mean[i] * factor[i];
    }
  }

  @Override
  public int outputs(int inputs) {
    if (inputs != factor.length) {
      throw new IllegalArgumentException(
          "a batch norm of %d after %d values".formatted(factor.length, inputs));
    }
    return inputs;
  }

  @Override
  public double[] apply(double[] x) {
    double[] out = constant.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] += factor[i] * x[i];
    }
    return out;
  }

  @Override
  public LocalHead pull(LocalHead behind, double[] x) {
    return behind.shifted(constant).scaled(factor);
  }
}
