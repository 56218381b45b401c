package fovea.core.image;

import java.util.Arrays;

/**
 * Weights from one side to another: bilinear with half-pixel centres and, when shrinking, a
 * triangle as wide as the step, so that no pixel is skipped. Immutable.
 */
final class Resampling {
  private final int[] first;
  private final float[][] weights;

  Resampling(int from, int to) {
    this.first = new int[to];
    this.weights = new float[to][];
    double scale = (double) from / to;
    double reach = Math.max(1, scale);
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int begin = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(from, (int) (centre + reach + 0.5));
      first[i] = begin;
      weights[i] = triangle(begin, end, centre, reach);
    }
  }

  private static float[] triangle(int begin, int end, double centre, double reach) {
    double[] w = new double[end - begin];
    for (int i = 0; i < w.length; i++) {
      w[i] = Math.max(0, 1 - Math.abs(begin + i + 0.5 - centre) / reach);
    }
    double sum = Arrays.stream(w).sum();
    float[] out = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      out[i] = (float) (w[i] / sum);
    }
    return out;
  }

  int size() {
    return first.length;
  }

  /** Where the first source of output {@code i} lies; it has as many as there are weights. */
  int first(int i) {
    return first[i];
  }

  float[] weights(int i) {
    return weights[i];
  }

  /** Resamples one interleaved row. */
  void row(float[] from, int channels, float[] into) {
    for (int i = 0; i < first.length; i++) {
      float[] w = weights[i];
      for (int c = 0; c < channels; c++) {
        float sum = 0;
        for (int k = 0, at = first[i] * channels + c; k < w.length; k++, at += channels) {
          sum += w[k] * from[at];
        }
        into[i * channels + c] = sum;
      }
    }
  }
}
