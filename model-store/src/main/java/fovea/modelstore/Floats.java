package fovea.modelstore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Floats as files hold them: float32, little-endian, nothing before and nothing after. */
public final class Floats {
  private Floats() {}

  /** The bytes of {@code values}. */
  public static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
    buffer.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return buffer.array();
  }

  /**
   * The floats of {@code bytes}.
   *
   * @throws IllegalArgumentException if the length is no multiple of four
   */
  public static float[] of(byte[] bytes) {
    if (bytes.length % 4 != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no whole number of floats");
    }
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** Whether every value is a finite number. */
  public static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
