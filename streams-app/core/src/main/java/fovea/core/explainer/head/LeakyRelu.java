package fovea.core.explainer.head;

/**
 * {@code y = x} where x is above 0, else {@code slope · x}; slope 0 is ReLU.
 *
 * @param slope a finite number
 */
public record LeakyRelu(float slope) implements HeadLayer {
  /** ReLU. */
  public static final LeakyRelu RELU = new LeakyRelu(0);

  public LeakyRelu {
    if (!Float.isFinite(slope)) {
      throw new IllegalArgumentException("slope must be finite: " + slope);
    }
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public double[] apply(double[] x) {
    double[] out = slopes(x);
    for (int i = 0; i < x.length; i++) {
      out[i] *= x[i];
    }
    return out;
  }

  @Override
  public LocalHead pull(LocalHead behind, double[] x) {
    return behind.scaled(slopes(x));
  }

  private double[] slopes(double[] x) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] > 0 ? 1 : slope;
    }
    return out;
  }
}
