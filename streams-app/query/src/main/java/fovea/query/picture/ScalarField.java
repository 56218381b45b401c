package fovea.query.picture;

import fovea.core.image.Raster;
import java.util.Arrays;

/** Numbers on a grid, row-major. Immutable by agreement: arrays are handed over. */
public final class ScalarField {
  private final int height;
  private final int width;
  private final double[] values;

  /** Takes over {@code values}, which must be height × width. */
  public ScalarField(int height, int width, double[] values) {
    if (height < 1 || width < 1 || values.length != height * width) {
      throw new IllegalArgumentException(
          "%d values are not %dx%d".formatted(values.length, height, width));
    }
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** The samples of a grey image, 0..255. */
  public static ScalarField of(Raster grey) {
    double[] values = new double[grey.height() * grey.width()];
    float[] row = new float[grey.width() * grey.channels()];
    for (int y = 0; y < grey.height(); y++) {
      grey.row(y, row);
      for (int x = 0; x < grey.width(); x++) {
        values[y * grey.width() + x] = row[x * grey.channels()];
      }
    }
    return new ScalarField(grey.height(), grey.width(), values);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  public double at(int y, int x) {
    return values[y * width + x];
  }

  public double min() {
    return Arrays.stream(values).min().orElseThrow();
  }

  public double max() {
    return Arrays.stream(values).max().orElseThrow();
  }

  double[] values() {
    return values;
  }

  /** Bilinear, half-pixel centres, edges clamped. */
  public ScalarField resampled(int toHeight, int toWidth) {
    double[] out = new double[toHeight * toWidth];
    for (int y = 0; y < toHeight; y++) {
      double sy = clamp((y + 0.5) * height / toHeight - 0.5, height - 1);
      int y0 = (int) sy;
      int y1 = Math.min(y0 + 1, height - 1);
      for (int x = 0; x < toWidth; x++) {
        double sx = clamp((x + 0.5) * width / toWidth - 0.5, width - 1);
        int x0 = (int) sx;
        int x1 = Math.min(x0 + 1, width - 1);
        double top = mix(at(y0, x0), at(y0, x1), sx - x0);
        double bottom = mix(at(y1, x0), at(y1, x1), sx - x0);
        out[y * toWidth + x] = mix(top, bottom, sy - y0);
      }
    }
    return new ScalarField(toHeight, toWidth, out);
  }

  private static double clamp(double value, double max) {
    return Math.max(0, Math.min(max, value));
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
