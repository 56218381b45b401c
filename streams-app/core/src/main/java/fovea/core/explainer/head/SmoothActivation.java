package fovea.core.explainer.head;

/**
 * An activation that bends: a head with one is read to first order, and no residual is promised.
 */
public enum SmoothActivation implements HeadLayer {
  /** {@code x σ(x)}. */
  SILU {
    @Override
    double value(double x) {
      return x * sigmoid(x);
    }

    @Override
    double slope(double x) {
      return sigmoid(x) * (1 + x * (1 - sigmoid(x)));
    }
  },
  /** {@code x · clamp(x + 3, 0, 6) ÷ 6}. */
  HARD_SWISH {
    @Override
    double value(double x) {
      return x * Math.clamp(x + 3, 0.0, 6.0) / 6;
    }

    @Override
    double slope(double x) {
      return x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;
    }
  },
  /** {@code x Φ(x)} by its tanh form (Hendrycks and Gimpel 2016). */
  GELU {
    @Override
    double value(double x) {
      return 0.5 * x * (1 + Math.tanh(inner(x)));
    }

    @Override
    double slope(double x) {
      double t = Math.tanh(inner(x));
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * bend(x);
    }
  },
  /** Hyperbolic tangent. */
  TANH {
    @Override
    double value(double x) {
      return Math.tanh(x);
    }

    @Override
    double slope(double x) {
      return 1 - value(x) * value(x);
    }
  };

  private static final double ROOT = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  abstract double value(double x);

  abstract double slope(double x);

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public double[] apply(double[] x) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = value(x[i]);
    }
    return out;
  }

  /** The offset is left as it is: what the bend adds belongs to no cell and is not hidden there. */
  @Override
  public LocalHead pull(LocalHead behind, double[] x) {
    double[] slopes = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      slopes[i] = slope(x[i]);
    }
    return behind.scaled(slopes);
  }

  @Override
  public boolean exact() {
    return false;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double inner(double x) {
    return ROOT * (x + CUBIC * x * x * x);
  }

  private static double bend(double x) {
    return ROOT * (1 + 3 * CUBIC * x * x);
  }
}
