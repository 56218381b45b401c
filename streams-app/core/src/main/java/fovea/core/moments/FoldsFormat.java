package fovea.core.moments;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where each field of {@link Folds} lies in its bytes. Little-endian throughout; G = h × w cells,
 * row-major.
 *
 * <pre>
 *  0        1        2        4        6        8            88          88 + 80G = end
 * ┌────────┬────────┬────────┬────────┬────────┬────────────┬──────────────┐
 * │version │ folds  │ h      │ w      │ 0      │ n per fold │ Σg per fold  │
 * │ = 1    │ = 20   │ uint16 │ uint16 │ uint16 │ i32 × 20   │ i32 × G × 20 │
 * └────────┴────────┴────────┴────────┴────────┴────────────┴──────────────┘
 * </pre>
 *
 * <p>Cells are in steps of 2^-14; fold after fold. A later version must still read and merge this
 * one.
 */
final class FoldsFormat {
  static final int VERSION = 1;
  static final int N = 8;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private FoldsFormat() {}

  static byte[] blank(int gridHeight, int gridWidth) {
    byte[] bytes = new byte[size(gridHeight * gridWidth)];
    bytes[0] = VERSION;
    bytes[1] = Folds.FOLDS;
    SHORT.set(bytes, 2, (short) gridHeight);
    SHORT.set(bytes, 4, (short) gridWidth);
    return bytes;
  }

  static int size(int cells) {
    return N + 4 * Folds.FOLDS + 4 * Folds.FOLDS * cells;
  }

  /** Refuses bytes that are not folds of this version. */
  static void check(byte[] bytes) {
    if (bytes.length < size(1) || bytes[0] != VERSION || bytes[1] != Folds.FOLDS) {
      throw new IllegalArgumentException(
          "not %d folds of version %d: %d bytes, version %d"
              .formatted(Folds.FOLDS, VERSION, bytes.length, bytes.length == 0 ? -1 : bytes[0]));
    }
    MomentsFormat.checkShape(height(bytes), width(bytes), Folds.SCALE_EXPONENT);
    if (bytes.length != size(height(bytes) * width(bytes))) {
      throw new IllegalArgumentException(
          "%d bytes do not hold folds of a %dx%d grid"
              .formatted(bytes.length, height(bytes), width(bytes)));
    }
    for (int fold = 0; fold < Folds.FOLDS; fold++) {
      if (n(bytes, fold) < 0 || n(bytes, fold) > Folds.CAPACITY) {
        throw new IllegalArgumentException("fold %d of %d images".formatted(fold, n(bytes, fold)));
      }
    }
  }

  static int height(byte[] bytes) {
    return (short) SHORT.get(bytes, 2) & 0xffff;
  }

  static int width(byte[] bytes) {
    return (short) SHORT.get(bytes, 4) & 0xffff;
  }

  static int n(byte[] bytes, int fold) {
    return at(bytes, N + 4 * fold);
  }

  /** Offset of a fold's first cell. */
  static int plane(int fold, int cells) {
    return N + 4 * Folds.FOLDS + 4 * fold * cells;
  }

  static int at(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static void increment(byte[] bytes, int offset, int by) {
    INT.set(bytes, offset, (int) INT.get(bytes, offset) + by);
  }
}
