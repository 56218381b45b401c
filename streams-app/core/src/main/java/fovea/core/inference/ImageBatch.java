package fovea.core.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Images ready for a model: float32, N×C×H×W, in a direct buffer of native order.
 *
 * <p>Thread-confined while it is filled; an engine may read it without copying until the stage it
 * returned is complete, so it must not be refilled before.
 */
public final class ImageBatch {
  private final int count;
  private final int channels;
  private final int height;
  private final int width;
  private final ByteBuffer bytes;

  /** A zeroed batch of {@code count} images; every extent must be positive. */
  public ImageBatch(int count, int channels, int height, int width) {
    this(count, channels, height, width, memory(count, channels, height, width));
  }

  // Checkstyle does not read statements before this(...) yet.
  private static ByteBuffer memory(int count, int channels, int height, int width) {
    if (count <= 0 || channels <= 0 || height <= 0 || width <= 0) {
      throw new IllegalArgumentException(
          "extents must be positive: %dx%dx%dx%d".formatted(count, channels, height, width));
    }
    return ByteBuffer.allocateDirect(Math.multiplyExact(4 * count, channels * height * width));
  }

  private ImageBatch(int count, int channels, int height, int width, ByteBuffer bytes) {
    this.count = count;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.bytes = bytes.order(ByteOrder.nativeOrder());
  }

  /** The first {@code count} images, in the same memory. */
  public ImageBatch first(int count) {
    if (count < 1 || count > this.count) {
      throw new IllegalArgumentException(
          "a batch of %d has no first %d images".formatted(this.count, count));
    }
    int size = 4 * count * channels * height * width;
    return new ImageBatch(count, channels, height, width, bytes().slice(0, size));
  }

  /** Whether images of both can be in one batch. */
  public boolean fits(ImageBatch other) {
    return channels == other.channels && height == other.height && width == other.width;
  }

  public int count() {
    return count;
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

  /** The whole batch, position 0, native order: the live memory. */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.nativeOrder()).clear();
  }

  /** The floats of image {@code index}, C×H×W, position 0: the live memory. */
  public FloatBuffer image(int index) {
    int size = channels * height * width;
    return bytes().asFloatBuffer().slice(index * size, size);
  }
}
