package fovea.core.image;

/**
 * Decoded pixels, grey or RGB, 8 or 16 bit.
 *
 * <p>Read row by row in 0..255 whatever the depth: a 16-bit sample s reads as s / 257. Immutable:
 * arrays are handed over at construction and never written again. Holds 1 or 2 bytes a sample.
 */
public sealed interface Raster permits ByteRaster, ShortRaster {

  int width();

  int height();

  /** 1 for grey, 3 for RGB. */
  int channels();

  /** Writes row {@code y}, interleaved W×C in 0..255, to the front of {@code into}. */
  void row(int y, float[] into);

  /** A mirror image: left and right exchanged. */
  Raster mirrored();

  /**
   * Takes over 8-bit samples, row-major and interleaved (H×W×C), each byte unsigned.
   *
   * @throws IllegalArgumentException if a side is not positive, channels are neither 1 nor 3, or
   *     the length is not height × width × channels
   */
  static Raster of8(int width, int height, int channels, byte[] samples) {
    check(width, height, channels, samples.length);
    return new ByteRaster(width, height, channels, samples);
  }

  /** Takes over 16-bit samples; otherwise as {@link #of8}. */
  static Raster of16(int width, int height, int channels, short[] samples) {
    check(width, height, channels, samples.length);
    return new ShortRaster(width, height, channels, samples);
  }

  private static void check(int width, int height, int channels, int length) {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("sides must be positive: " + width + "x" + height);
    }
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3: " + channels);
    }
    if (length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          "%d samples are not %dx%dx%d".formatted(length, height, width, channels));
    }
  }
}
