package fovea.core.image;

/**
 * Small grey versions of an image, by area averaging.
 *
 * <p>Luminance is 0.299 R + 0.587 G + 0.114 B. Of each cell's area at most 8×8 evenly spread pixels
 * are averaged, so the number of pixels read is bounded whatever the image's size.
 */
public final class Luminance {
  private static final int SIDE = 32;
  private static final int PIXELS = 8;

  private Luminance() {}

  /** 32×32 cells, row-major, in 0..255, stretched to a square. */
  public static float[] grid32(Raster raster) {
    return grid(raster, SIDE);
  }

  static float[] grid(Raster raster, int side) {
    int[][] columns = samples(raster.width(), side);
    int[][] rows = samples(raster.height(), side);
    RowSource source = new RowSource(raster, 1);
    float[] out = new float[side * side];
    for (int r = 0; r < side; r++) {
      for (int y : rows[r]) {
        add(source.row(y), columns, 1f / rows[r].length, r * side, out);
      }
    }
    return out;
  }

  private static void add(float[] row, int[][] columns, float weight, int at, float[] out) {
    for (int c = 0; c < columns.length; c++) {
      float sum = 0;
      for (int x : columns[c]) {
        sum += row[x];
      }
      out[at + c] += sum * weight / columns[c].length;
    }
  }

  /** Which pixels stand for each of {@code side} cells; a cell smaller than a pixel has one. */
  private static int[][] samples(int extent, int side) {
    int[][] out = new int[side][];
    for (int i = 0; i < side; i++) {
      int from = (int) ((long) i * extent / side);
      int to = Math.max(from + 1, (int) ((i + 1L) * extent / side));
      int taken = Math.min(to - from, PIXELS);
      out[i] = new int[taken];
      for (int k = 0; k < taken; k++) {
        out[i][k] = from + (2 * k + 1) * (to - from) / (2 * taken);
      }
    }
    return out;
  }
}
