package fovea.core.explainer;

import java.util.Arrays;

/**
 * What the last layer with a grid says of one image: A, channels × height × width, row-major.
 *
 * <p>Immutable by agreement: the array is handed over and never written again.
 */
public final class FeatureMaps {
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  /**
   * Takes over {@code values}.
   *
   * @throws IllegalArgumentException if the length does not fit
   */
  public FeatureMaps(float[] values, int channels, int height, int width) {
    if (channels <= 0 || height <= 0 || width <= 0 || values.length != channels * height * width) {
      throw new IllegalArgumentException(
          "%d values are not %dx%dx%d".formatted(values.length, channels, height, width));
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** Cells of one channel. */
  public int cells() {
    return height * width;
  }

  /** Row-major. */
  public float value(int channel, int cell) {
    return values[channel * cells() + cell];
  }

  /** Global average pooling: the mean of each channel, a new array. */
  public double[] pooled() {
    double[] out = new double[channels];
    for (int i = 0; i < values.length; i++) {
      out[i / cells()] += values[i];
    }
    for (int k = 0; k < channels; k++) {
      out[k] /= cells();
    }
    return out;
  }

  /**
   * Σ_k w_k A_k for each row of weights.
   *
   * @param weights one row per map, {@link #channels()} values each
   */
  public LabelGrids weighted(double[][] weights) {
    float[] out = new float[weights.length * cells()];
    double[] sum = new double[cells()];
    for (int l = 0; l < weights.length; l++) {
      if (weights[l].length != channels) {
        throw new IllegalArgumentException(
            "%d weights for %d channels".formatted(weights[l].length, channels));
      }
      weigh(weights[l], sum);
      for (int i = 0; i < sum.length; i++) {
        out[l * sum.length + i] = (float) sum[i];
      }
    }
    return new LabelGrids(out, weights.length, height, width);
  }

  private void weigh(double[] weights, double[] into) {
    Arrays.fill(into, 0);
    for (int k = 0; k < channels; k++) {
      for (int i = 0; i < into.length; i++) {
        into[i] += weights[k] * values[k * into.length + i];
      }
    }
  }
}
