package fovea.core.image;

/** 8 bits a sample, the colours of a pixel in the order R, G, B or B, G, R. */
final class ByteRaster implements Raster {
  private final int width;
  private final int height;
  private final int channels;
  private final byte[] samples;
  private final int red;
  private final int blue;

  ByteRaster(int width, int height, int channels, byte[] samples) {
    this(width, height, channels, samples, false);
  }

  /** Takes over {@code samples}; readers of JPEG give blue first, and turning it costs a copy. */
  ByteRaster(int width, int height, int channels, byte[] samples, boolean blueFirst) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.samples = samples;
    this.red = blueFirst ? channels - 1 : 0;
    this.blue = blueFirst ? 0 : channels - 1;
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
    if (red > blue) {
      for (int i = 0; i < stride; i += 3) {
        float first = into[i];
        into[i] = into[i + 2];
        into[i + 2] = first;
      }
    }
  }

  /** Writes the luminance of some pixels of row {@code y}, in 0..255. */
  void luminance(int y, int[] columns, float[] into) {
    int row = y * width * channels;
    if (channels == 1) {
      for (int i = 0; i < columns.length; i++) {
        into[i] = samples[row + columns[i]] & 0xff;
      }
      return;
    }
    for (int i = 0; i < columns.length; i++) {
      int at = row + 3 * columns[i];
      into[i] =
          Luminance.of(samples[at + red] & 0xff, samples[at + 1] & 0xff, samples[at + blue] & 0xff);
    }
  }

  /** Writes row {@code y} channel by channel, each sample replaced by its channel's entry. */
  void row(int y, float[][] table, float[][] into) {
    if (channels == 1) {
      for (int c = 0; c < into.length; c++) {
        channel(y * width, table[c], into[c]);
      }
      return;
    }
    int at = y * width * 3;
    float[] reds = table[0];
    float[] greens = table[1];
    float[] blues = table[2];
    float[] r = into[0];
    float[] g = into[1];
    float[] b = into[2];
    for (int x = 0; x < width; x++, at += 3) {
      r[x] = reds[samples[at + red] & 0xff];
      g[x] = greens[samples[at + 1] & 0xff];
      b[x] = blues[samples[at + blue] & 0xff];
    }
  }

  private void channel(int from, float[] table, float[] into) {
    for (int x = 0; x < width; x++) {
      into[x] = table[samples[from + x] & 0xff];
    }
  }

  @Override
  public Raster mirrored() {
    byte[] out = new byte[samples.length];
    for (int y = 0, from = 0; y < height; y++) {
      for (int to = ((y + 1) * width - 1) * channels; to >= y * width * channels; to -= channels) {
        for (int c = 0; c < channels; c++) {
          out[to + c] = samples[from++];
        }
      }
    }
    return new ByteRaster(width, height, channels, out, red > blue);
  }

  @Override
  public String toString() {
    return "Raster[%dx%dx%d, 8 bit]".formatted(height, width, channels);
  }
}
