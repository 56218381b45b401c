package fovea.core.image;

/** 8 bits a sample. */
final class ByteRaster implements Raster {
  private final int width;
  private final int height;
  private final int channels;
  private final byte[] samples;

  ByteRaster(int width, int height, int channels, byte[] samples) {
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
      into[i] = samples[at + i] & 0xff;
    }
  }

  /** Writes one channel of row {@code y}, each sample replaced by its entry in the table. */
  void row(int y, int channel, float[] table, float[] into) {
    for (int x = 0, at = y * width * channels + channel; x < width; x++, at += channels) {
      into[x] = table[samples[at] & 0xff];
    }
  }

  @Override
  public Raster mirrored() {
    byte[] out = new byte[samples.length];
    for (int i = 0; i < width * height; i++) {
      int to = i - i % width + width - 1 - i % width;
      System.arraycopy(samples, i * channels, out, to * channels, channels);
    }
    return new ByteRaster(width, height, channels, out);
  }

  @Override
  public String toString() {
    return "Raster[%dx%dx%d, 8 bit]".formatted(height, width, channels);
  }
}
