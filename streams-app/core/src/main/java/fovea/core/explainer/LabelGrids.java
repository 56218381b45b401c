package fovea.core.explainer;

import java.util.Arrays;

/**
 * One signed map per label on one grid: what an explainer says of one image.
 *
 * <p>Float32, labels × height × width, row-major. Immutable by agreement: the array is handed over
 * and never written again. Every value is a finite number.
 */
public final class LabelGrids {
  private final int labels;
  private final int height;
  private final int width;
  private final float[] values;

  /**
   * Takes over {@code values}.
   *
   * @throws IllegalArgumentException if the length does not fit or a value is not finite
   */
  public LabelGrids(float[] values, int labels, int height, int width) {
    if (labels <= 0 || height <= 0 || width <= 0 || values.length != labels * height * width) {
      throw new IllegalArgumentException(
          "%d values are not %dx%dx%d".formatted(values.length, labels, height, width));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("value " + i + " is " + values[i]);
      }
    }
    this.labels = labels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  public int labels() {
    return labels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** Cells of one map. */
  public int cells() {
    return height * width;
  }

  /** Row-major. */
  public float value(int label, int cell) {
    return values[label * cells() + cell];
  }

  /** One label's map, row-major, a copy. */
  public float[] grid(int label) {
    return Arrays.copyOfRange(values, label * cells(), (label + 1) * cells());
  }

  /** All maps, labels × height × width, a copy. */
  public float[] values() {
    return values.clone();
  }

  /** Sum of one map's cells. */
  public double sum(int label) {
    double sum = 0;
    for (int i = label * cells(); i < (label + 1) * cells(); i++) {
      sum += values[i];
    }
    return sum;
  }

  /** The cell with the greatest value; of several the first. */
  public int peak(int label) {
    int best = 0;
    for (int i = 1; i < cells(); i++) {
      best = value(label, i) > value(label, best) ? i : best;
    }
    return best;
  }

  /** Negative values become 0. */
  public LabelGrids positive() {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(values[i], 0);
    }
    return new LabelGrids(out, labels, height, width);
  }

  /** The contrast: minus the mean over labels in every cell, so that labels sum to 0 there. */
  public LabelGrids centred() {
    float[] out = new float[values.length];
    for (int cell = 0; cell < cells(); cell++) {
      double sum = 0;
      for (int l = 0; l < labels; l++) {
        sum += value(l, cell);
      }
      for (int l = 0; l < labels; l++) {
        out[l * cells() + cell] = (float) (value(l, cell) - sum / labels);
      }
    }
    return new LabelGrids(out, labels, height, width);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelGrids that
        && labels == that.labels
        && height == that.height
        && width == that.width
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values) + 31 * (labels + 31 * (height + 31 * width));
  }

  @Override
  public String toString() {
    return "%d labels, %dx%d".formatted(labels, height, width);
  }
}
