package fovea.core.image;

/** 16 bits a sample. */
final class ShortRaster implements Raster {
  private final int width;
  private final int height;
  private final int channels;
  private final short[] samples;

  ShortRaster(int width, int height, int channels, short[] samples) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.samples = samples;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public void row(int y, float[] into) {
    int stride = width * channels;
    int at = y * stride;
    for (int i = 0; i < stride; i++) {
      into[i] = (samples[at + i] & 0xffff) / 257f;
    }
  }

  /** Writes the luminance of some pixels of row {@code y}, in 0..255. */
  void luminance(int y, int[] columns, float[] into) {
    for (int i = 0; i < columns.length; i++) {
      int at = (y * width + columns[i]) * channels;
      into[i] =
          Luminance.of(
              samples[at] & 0xffff,
              samples[at + channels / 2] & 0xffff,
              samples[at + channels - 1] & 0xffff);
      into[i] /= 257f;
    }
  }

  @Override
  public Raster mirrored() {
    short[] out = new short[samples.length];
    for (int y = 0, from = 0; y < height; y++) {
      for (int to = ((y + 1) * width - 1) * channels; to >= y * width * channels; to -= channels) {
        for (int c = 0; c < channels; c++) {
          out[to + c] = samples[from++];
        }
      }
    }
    return new ShortRaster(width, height, channels, out);
  }

  @Override
  public String toString() {
    return "Raster[%dx%dx%d, 16 bit]".formatted(height, width, channels);
  }
}
