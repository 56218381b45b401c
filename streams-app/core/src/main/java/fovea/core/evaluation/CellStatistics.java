package fovea.core.evaluation;

import fovea.core.image.Raster;
import fovea.core.image.TensorFormat;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What a rule without any knowledge of anatomy could use of an image: mean and standard deviation
 * of each cell, and six numbers of the whole.
 */
public final class CellStatistics {
  /** mean, standard deviation, skewness, sharpness, share of black, share of white. */
  public static final int SCALARS = 6;

  private static final float BLACK = 16;
  private static final float WHITE = 240;
  private static final int SIDE = 224;

  private final int grid;
  private final TensorFormat format;

  /** On a square grid of {@code grid} rows, over images brought to 224 pixels. */
  public CellStatistics(int grid) {
    this.grid = grid;
    this.format = new TensorFormat(1, SIDE, SIDE, List.of(0f), List.of(1f));
  }

  /** The image's features: 2 for each cell, row-major, then the {@link #SCALARS} of the whole. */
  public double[] of(Raster raster) {
    FloatBuffer samples = FloatBuffer.allocate(SIDE * SIDE);
    format.write(raster, samples);
    double[] out = new double[2 * grid * grid + SCALARS];
    float[] grey = samples.array();
    cells(grey, out);
    scalars(grey, out);
    return out;
  }

  private void cells(float[] grey, double[] out) {
    double[] n = new double[grid * grid];
    double[] sum = new double[grid * grid];
    double[] squares = new double[grid * grid];
    for (int i = 0; i < grey.length; i++) {
      int cell = i / SIDE * grid / SIDE * grid + i % SIDE * grid / SIDE;
      n[cell]++;
      sum[cell] += grey[i];
      squares[cell] += (double) grey[i] * grey[i];
    }
    for (int c = 0; c < n.length; c++) {
      double mean = sum[c] / n[c];
      out[2 * c] = mean;
      out[2 * c + 1] = Math.sqrt(Math.max(0, squares[c] / n[c] - mean * mean));
    }
  }

  private void scalars(float[] grey, double[] out) {
    double mean = 0;
    double black = 0;
    double white = 0;
    for (float value : grey) {
      mean += value / grey.length;
      black += value < BLACK ? 1 : 0;
      white += value > WHITE ? 1 : 0;
    }
    double second = 0;
    double third = 0;
    for (float value : grey) {
      double d = value - mean;
      second += d * d / grey.length;
      third += d * d * d / grey.length;
    }
    int at = 2 * grid * grid;
    out[at] = mean;
    out[at + 1] = Math.sqrt(second);
    out[at + 2] = second == 0 ? 0 : third / Math.pow(second, 1.5);
    out[at + 3] = sharpness(grey);
    out[at + 4] = black / grey.length;
    out[at + 5] = white / grey.length;
  }

  /** The mean absolute Laplacian. */
  private static double sharpness(float[] grey) {
    double sum = 0;
    for (int y = 1; y < SIDE - 1; y++) {
      for (int x = 1; x < SIDE - 1; x++) {
        int i = y * SIDE + x;
        sum += Math.abs(4 * grey[i] - grey[i - 1] - grey[i + 1] - grey[i - SIDE] - grey[i + SIDE]);
      }
    }
    return sum / ((SIDE - 2) * (SIDE - 2));
  }

  /** Features of the cells inside {@code region}. */
  public static int[] within(Region region) {
    int cells = region.height() * region.width();
    int[] out = new int[2 * cells];
    int count = 0;
    for (int c = 0; c < cells; c++) {
      if (region.holds(c)) {
        out[count++] = 2 * c;
        out[count++] = 2 * c + 1;
      }
    }
    return Arrays.copyOf(out, count);
  }

  /** The features of the whole image. */
  public int[] scalars() {
    int[] out = new int[SCALARS];
    Arrays.setAll(out, i -> 2 * grid * grid + i);
    return out;
  }
}
