package fovea.core.image;

/**
 * The rows of a raster in as many channels as are wanted: RGB becomes luminance where it is one.
 */
final class RowSource {
  private final Raster raster;
  private final int channels;
  private final float[] row;

  RowSource(Raster raster, int channels) {
    this.raster = raster;
    this.channels = channels;
    this.row = new float[raster.width() * raster.channels()];
  }

  int channels() {
    return channels;
  }

  /** The live row, interleaved, in 0..255; the next call overwrites it. */
  float[] row(int y) {
    raster.row(y, row);
    if (channels < raster.channels()) {
      for (int x = 0; x < raster.width(); x++) {
        row[x] = Luminance.of(row[3 * x], row[3 * x + 1], row[3 * x + 2]);
      }
    }
    return row;
  }
}
