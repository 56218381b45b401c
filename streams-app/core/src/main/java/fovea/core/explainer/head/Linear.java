package fovea.core.explainer.head;

/** {@code y = W x + b}. Immutable and thread-safe. */
public final class Linear implements HeadLayer {
  private final double[][] weights;
  private final double[] bias;

  /**
   * Copies both.
   *
   * @param weights one row per output, rows of one length
   * @param bias one per output
   */
  public Linear(float[][] weights, float[] bias) {
    if (weights.length == 0 || weights.length != bias.length) {
      throw new IllegalArgumentException(
          "%d rows do not go with %d biases".formatted(weights.length, bias.length));
    }
    this.weights = new double[weights.length][weights[0].length];
    this.bias = new double[bias.length];
    for (int o = 0; o < bias.length; o++) {
      if (weights[o].length != weights[0].length) {
        throw new IllegalArgumentException("row " + o + " has " + weights[o].length + " weights");
      }
      this.bias[o] = bias[o];
      for (int i = 0; i < weights[o].length; i++) {
        this.weights[o][i] = weights[o][i];
      }
    }
  }

  /** Without a bias. */
  public static Linear unbiased(float[][] weights) {
    return new Linear(weights, new float[weights.length]);
  }

  int inputs() {
    return weights[0].length;
  }

  @Override
  public int outputs(int inputs) {
    if (inputs != inputs()) {
      throw new IllegalArgumentException(
          "a linear layer of %d inputs after %d values".formatted(inputs(), inputs));
    }
    return bias.length;
  }

  @Override
  public double[] apply(double[] x) {
    double[] out = bias.clone();
    for (int o = 0; o < out.length; o++) {
      for (int i = 0; i < x.length; i++) {
        out[o] += weights[o][i] * x[i];
      }
    }
    return out;
  }

  @Override
  public LocalHead pull(LocalHead behind, double[] x) {
    LocalHead shifted = behind.shifted(bias);
    double[] offset = new double[behind.labels()];
    double[][] rows = new double[behind.labels()][];
    for (int l = 0; l < rows.length; l++) {
      offset[l] = shifted.offset(l);
      rows[l] = product(behind.rows()[l]);
    }
    return new LocalHead(rows, offset);
  }

  private double[] product(double[] row) {
    double[] out = new double[inputs()];
    for (int o = 0; o < row.length; o++) {
      for (int i = 0; i < out.length; i++) {
        out[i] += row[o] * weights[o][i];
      }
    }
    return out;
  }
}
