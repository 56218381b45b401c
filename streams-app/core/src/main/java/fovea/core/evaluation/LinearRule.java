package fovea.core.evaluation;

import java.util.List;

/**
 * A linear rule learnt by logistic regression with a ridge penalty: what a model must be compared
 * with before its accuracy says anything.
 *
 * <p>Newton's method on standardised features (Hastie, Tibshirani and Friedman 2009, §4.4.1): cubic
 * in their number. Immutable.
 */
public final class LinearRule {
  private static final int STEPS = 12;

  private final double[] centre;
  private final double[] spread;
  private final double[] weights;

  private LinearRule(double[] centre, double[] spread, double[] weights) {
    this.centre = centre;
    this.spread = spread;
    this.weights = weights;
  }

  /**
   * Learns a rule.
   *
   * @param cases of one length each, at least one
   * @param present the truth of each
   * @param ridge penalty on the squared weights of the standardised features, positive
   */
  public static LinearRule learn(List<double[]> cases, boolean[] present, double ridge) {
    if (cases.isEmpty() || cases.size() != present.length || !(ridge > 0)) {
      throw new IllegalArgumentException(
          "%d cases, %d truths, ridge %s".formatted(cases.size(), present.length, ridge));
    }
    int d = cases.getFirst().length;
    double[] centre = new double[d];
    double[] spread = new double[d];
    for (double[] x : cases) {
      for (int j = 0; j < d; j++) {
        centre[j] += x[j] / cases.size();
      }
    }
    for (double[] x : cases) {
      for (int j = 0; j < d; j++) {
        spread[j] += (x[j] - centre[j]) * (x[j] - centre[j]) / cases.size();
      }
    }
    for (int j = 0; j < d; j++) {
      spread[j] = spread[j] > 0 ? Math.sqrt(spread[j]) : 1;
    }
    LinearRule rule = new LinearRule(centre, spread, new double[d + 1]);
    for (int step = 0; step < STEPS; step++) {
      rule.improve(cases, present, ridge);
    }
    return rule;
  }

  /** One step of Newton's method. */
  private void improve(List<double[]> cases, boolean[] present, double ridge) {
    int d = weights.length;
    double[][] hessian = new double[d][d];
    double[] gradient = new double[d];
    for (int j = 0; j < d; j++) {
      // The intercept, last, is not penalised; a trace keeps the matrix regular.
      double penalty = j < d - 1 ? ridge : 1e-9;
      hessian[j][j] = penalty;
      gradient[j] = penalty * weights[j];
    }
    for (int i = 0; i < present.length; i++) {
      double[] z = standardised(cases.get(i));
      double p = 1 / (1 + Math.exp(-dot(z)));
      double error = p - (present[i] ? 1 : 0);
      double curvature = Math.max(p * (1 - p), 1e-9);
      for (int j = 0; j < d; j++) {
        gradient[j] += error * z[j];
        double scaled = curvature * z[j];
        double[] row = hessian[j];
        for (int k = 0; k <= j; k++) {
          row[k] += scaled * z[k];
        }
      }
    }
    double[] change = solve(hessian, gradient);
    for (int j = 0; j < d; j++) {
      weights[j] -= change[j];
    }
  }

  /** Cholesky's method on the lower triangle, in place. */
  private static double[] solve(double[][] a, double[] b) {
    int d = b.length;
    for (int j = 0; j < d; j++) {
      for (int i = j; i < d; i++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
    double[] x = b.clone();
    for (int i = 0; i < d; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= a[i][k] * x[k];
      }
      x[i] /= a[i][i];
    }
    for (int i = d - 1; i >= 0; i--) {
      for (int k = i + 1; k < d; k++) {
        x[i] -= a[k][i] * x[k];
      }
      x[i] /= a[i][i];
    }
    return x;
  }

  private double[] standardised(double[] x) {
    double[] z = new double[x.length + 1];
    for (int j = 0; j < x.length; j++) {
      z[j] = (x[j] - centre[j]) / spread[j];
    }
    z[x.length] = 1;
    return z;
  }

  private double dot(double[] z) {
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      sum += weights[j] * z[j];
    }
    return sum;
  }

  /** The logit of a case. */
  public double score(double[] x) {
    return dot(standardised(x));
  }
}
