package fovea.core.moments;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where each field of {@link Moments} lies in its bytes. Little-endian throughout; G = h × w cells,
 * row-major.
 *
 * <pre>
 *  0        1               2         4         6        8    16     24       32           40
 * ┌────────┬───────────────┬─────────┬─────────┬────────┬────┬──────┬────────┬────────────┬──────────
 * │version │scale exponent │ h       │ w       │ 0      │ n  │empty │clipped │fingerprint │ planes …
 * │ = 1    │ int8          │ uint16  │ uint16  │ uint16 │i64 │ i64  │ i64    │ i64        │
 * └────────┴───────────────┴─────────┴─────────┴────────┴────┴──────┴────────┴────────────┴──────────
 *  40          + 8G         + 16G       + 24G       + 32G        + 40G        + 48G      + 52G = end
 * ┌───────────┬────────────┬───────────┬───────────┬────────────┬────────────┬──────────┐
 * │ Σg        │ Σg²        │ Σg·east   │ Σg·south  │ Σg·s-east  │ Σg·s-west  │ #(g ≥ ½) │
 * │ i64 × G   │ i64 × G    │ i64 × G   │ i64 × G   │ i64 × G    │ i64 × G    │ i32 × G  │
 * └───────────┴────────────┴───────────┴───────────┴────────────┴────────────┴──────────┘
 * </pre>
 *
 * <p>A product plane holds, at a cell, the sum of its value times that neighbour's; where there is
 * no neighbour it holds 0. A later version must still read and merge this one.
 */
final class MomentsFormat {
  static final int VERSION = 1;
  static final int HEADER = 40;
  static final int PLANES = 6;
  private static final int MAX_SIDE = 1024;
  private static final int MAX_EXPONENT = 30;

  static final int N = 8;
  static final int EMPTY = 16;
  static final int CLIPPED = 24;
  static final int FINGERPRINT = 32;

  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private MomentsFormat() {}

  static byte[] blank(int gridHeight, int gridWidth, int scaleExponent) {
    byte[] bytes = new byte[size(gridHeight * gridWidth)];
    bytes[0] = VERSION;
    bytes[1] = (byte) scaleExponent;
    SHORT.set(bytes, 2, (short) gridHeight);
    SHORT.set(bytes, 4, (short) gridWidth);
    return bytes;
  }

  static int size(int cells) {
    return HEADER + (8 * PLANES + 4) * cells;
  }

  /** Refuses bytes that are not a state of this version. */
  static void check(byte[] bytes) {
    if (bytes.length < HEADER || bytes[0] != VERSION) {
      throw new IllegalArgumentException(
          "not moments of version %d: %d bytes, version %d"
              .formatted(VERSION, bytes.length, bytes.length == 0 ? -1 : bytes[0]));
    }
    checkShape(gridHeight(bytes), gridWidth(bytes), scaleExponent(bytes));
    if (bytes.length != size(gridHeight(bytes) * gridWidth(bytes))) {
      throw new IllegalArgumentException(
          "%d bytes do not hold a %dx%d grid"
              .formatted(bytes.length, gridHeight(bytes), gridWidth(bytes)));
    }
    if ((long) LONG.get(bytes, N) < 0) {
      throw new IllegalArgumentException("moments of " + LONG.get(bytes, N) + " maps");
    }
  }

  /** The sides and scales that a state may have; its size then fits an int. */
  static void checkShape(int gridHeight, int gridWidth, int scaleExponent) {
    if (gridHeight < 1 || gridWidth < 1 || gridHeight > MAX_SIDE || gridWidth > MAX_SIDE) {
      throw new IllegalArgumentException("grid must be 1..1024: " + gridHeight + "x" + gridWidth);
    }
    if (scaleExponent < -MAX_EXPONENT || scaleExponent > MAX_EXPONENT) {
      throw new IllegalArgumentException("exponent must be -30..30: " + scaleExponent);
    }
  }

  static int scaleExponent(byte[] bytes) {
    return bytes[1];
  }

  static int gridHeight(byte[] bytes) {
    return (short) SHORT.get(bytes, 2) & 0xffff;
  }

  static int gridWidth(byte[] bytes) {
    return (short) SHORT.get(bytes, 4) & 0xffff;
  }

  /** Offset of the first cell of plane {@code plane}, 0..5; 6 is the count of cells ≥ ½. */
  static int plane(int plane, int cells) {
    return HEADER + 8 * plane * cells;
  }
}
