package fovea.core.image;

/**
 * Small grey versions of an image, by area averaging.
 *
 * <p>Luminance is 0.299 R + 0.587 G + 0.114 B. At most 128×128 evenly spread pixels are read, the
 * same number for each cell of the result, so the cost is bounded whatever the image's size.
 */
final class Luminance {
  private static final int PIXELS = 128;

  private Luminance() {}

  static float of(float red, float green, float blue) {
    return 0.299f * red + 0.587f * green + 0.114f * blue;
  }

  /** side × side cells, row-major, in 0..255, stretched to a square; side divides 128. */
  static float[] grid(Raster raster, int side) {
    int taken = PIXELS / side;
    int[] rows = samples(raster.height(), side, taken);
    int[] columns = samples(raster.width(), side, taken);
    float[] row = new float[columns.length];
    float[] out = new float[side * side];
    for (int r = 0; r < rows.length; r++) {
      if (r == 0 || rows[r] != rows[r - 1]) {
        read(raster, rows[r], columns, row);
      }
      add(row, taken, out, r / taken * side);
    }
    return out;
  }

  private static void add(float[] row, int taken, float[] out, int at) {
    float share = 1f / (taken * taken);
    for (int from = 0, cell = at; from < row.length; from += taken, cell++) {
      float sum = 0;
      for (int k = 0; k < taken; k++) {
        sum += row[from + k];
      }
      out[cell] += sum * share;
    }
  }

  private static void read(Raster raster, int y, int[] columns, float[] into) {
    switch (raster) {
      case ByteRaster bytes -> bytes.luminance(y, columns, into);
      case ShortRaster shorts -> shorts.luminance(y, columns, into);
    }
  }

  /** The middles of {@code side × taken} equal shares of an extent. */
  private static int[] samples(int extent, int side, int taken) {
    int[] out = new int[side * taken];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) ((2L * i + 1) * extent / (2L * out.length));
    }
    return out;
  }
}
