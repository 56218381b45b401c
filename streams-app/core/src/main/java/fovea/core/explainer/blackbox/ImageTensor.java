package fovea.core.explainer.blackbox;

import java.nio.FloatBuffer;

/**
 * One image as the model takes it: float32, channels × height × width, normalised. Immutable.
 *
 * <p>Masking is {@code x · m + fill · (1 − m)}, per channel with one fill, in this space.
 */
public final class ImageTensor {
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  /** Copies from the buffer's position on; the position stays. */
  public ImageTensor(FloatBuffer tensor, int channels, int height, int width) {
    if (channels <= 0 || height <= 0 || width <= 0) {
      throw new IllegalArgumentException(
          "extents must be positive: %dx%dx%d".formatted(channels, height, width));
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = new float[channels * height * width];
    tensor.get(tensor.position(), values);
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /**
   * Writes the masked image from the buffer's position on; the position stays.
   *
   * @param mask one value 0..1 per pixel, 1 keeps it
   * @param fill one value per channel
   */
  void masked(float[] mask, float[] fill, FloatBuffer into) {
    int plane = height * width;
    float[] line = new float[plane];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < plane; i++) {
        line[i] = values[c * plane + i] * mask[i] + fill[c] * (1 - mask[i]);
      }
      into.put(into.position() + c * plane, line);
    }
  }
}
