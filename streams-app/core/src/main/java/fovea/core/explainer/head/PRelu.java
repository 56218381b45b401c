package fovea.core.explainer.head;

/**
 * {@code y_i = x_i} where x_i is above 0, else {@code slope_i · x_i}. Immutable and thread-safe.
 */
public final class PRelu implements HeadLayer {
  private final float[] slopes;

  /** Copied; one slope, or one for each value. */
  public PRelu(float[] slopes) {
    if (slopes.length == 0) {
      throw new IllegalArgumentException("a PReLU needs a slope");
    }
    this.slopes = slopes.clone();
  }

  @Override
  public int outputs(int inputs) {
    if (slopes.length != 1 && slopes.length != inputs) {
      throw new IllegalArgumentException(
          "%d slopes do not go with %d values".formatted(slopes.length, inputs));
    }
    return inputs;
  }

  @Override
  public double[] apply(double[] x) {
    double[] out = factors(x);
    for (int i = 0; i < x.length; i++) {
      out[i] *= x[i];
    }
    return out;
  }

  @Override
  public LocalHead pull(LocalHead behind, double[] x) {
    return behind.scaled(factors(x));
  }

  private double[] factors(double[] x) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] > 0 ? 1 : slopes[slopes.length == 1 ? 0 : i];
    }
    return out;
  }
}
