package fovea.core.explainer.head;

import java.util.stream.Stream;

/**
 * What a head is around one image: {@code logit_c = Σ_k w_ck · x_k + offset_c}.
 *
 * <p>Immutable by agreement: arrays are handed over and never written again.
 */
public final class LocalHead {
  private final double[][] weights;
  private final double[] offset;

  LocalHead(double[][] weights, double[] offset) {
    this.weights = weights;
    this.offset = offset;
  }

  static LocalHead identity(int labels) {
    double[][] one = new double[labels][labels];
    for (int l = 0; l < labels; l++) {
      one[l][l] = 1;
    }
    return new LocalHead(one, new double[labels]);
  }

  public int labels() {
    return weights.length;
  }

  /** w of one label, a copy. */
  public double[] weights(int label) {
    return weights[label].clone();
  }

  public double offset(int label) {
    return offset[label];
  }

  double[][] rows() {
    return weights;
  }

  /** With every row's input i multiplied by its factor. */
  LocalHead scaled(double[] factors) {
    double[][] out = Stream.of(weights).map(double[]::clone).toArray(double[][]::new);
    for (double[] row : out) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= factors[i];
      }
    }
    return new LocalHead(out, offset);
  }

  /** With a constant added to every input: it lands in the offset. */
  LocalHead shifted(double[] constants) {
    double[] out = offset.clone();
    for (int l = 0; l < out.length; l++) {
      for (int i = 0; i < constants.length; i++) {
        out[l] += weights[l][i] * constants[i];
      }
    }
    return new LocalHead(weights, out);
  }

  /** Minus the mean over labels: the contrast of a softmax. */
  LocalHead centred() {
    double[][] out = Stream.of(weights).map(double[]::clone).toArray(double[][]::new);
    for (int i = 0; i < out[0].length; i++) {
      double mean = 0;
      for (double[] row : weights) {
        mean += row[i] / weights.length;
      }
      for (double[] row : out) {
        row[i] -= mean;
      }
    }
    return new LocalHead(out, Head.centred(offset));
  }
}
