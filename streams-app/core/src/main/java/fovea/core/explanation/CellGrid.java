package fovea.core.explanation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One map as integers: int16 cells at a power-of-two scale, row-major.
 *
 * <p>A cell's value is {@code int16 × 2^scaleExponent}. Immutable by agreement: the array is handed
 * over and never written again.
 */
public final class CellGrid {
  private final int height;
  private final int width;
  private final int scaleExponent;
  private final short[] cells;

  /** Takes over {@code cells}, which must be height × width. */
  public CellGrid(int height, int width, int scaleExponent, short[] cells) {
    if (height <= 0 || width <= 0 || cells.length != height * width) {
      throw new IllegalArgumentException(
          "%d cells are not %dx%d".formatted(cells.length, height, width));
    }
    this.height = height;
    this.width = width;
    this.scaleExponent = scaleExponent;
    this.cells = cells;
  }

  /** Reads little-endian int16, as records carry them; the bytes are copied. */
  public static CellGrid read(int height, int width, int scaleExponent, ByteBuffer bytes) {
    short[] cells = new short[bytes.remaining() / 2];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(cells);
    return new CellGrid(height, width, scaleExponent, cells);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  public int scaleExponent() {
    return scaleExponent;
  }

  /** The live array, for reading only. */
  public short[] cells() {
    return cells;
  }

  /** Little-endian int16, a new buffer. */
  public ByteBuffer bytes() {
    ByteBuffer out = ByteBuffer.allocate(2 * cells.length).order(ByteOrder.LITTLE_ENDIAN);
    out.asShortBuffer().put(cells);
    return out;
  }

  /** Left and right exchanged. */
  public CellGrid mirrored() {
    short[] out = new short[cells.length];
    for (int i = 0; i < cells.length; i++) {
      out[i - i % width + width - 1 - i % width] = cells[i];
    }
    return new CellGrid(height, width, scaleExponent, out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellGrid that
        && height == that.height
        && width == that.width
        && scaleExponent == that.scaleExponent
        && Arrays.equals(cells, that.cells);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells) + 31 * (height + 31 * (width + 31 * scaleExponent));
  }

  @Override
  public String toString() {
    return "%dx%d at 2^%d".formatted(height, width, scaleExponent);
  }
}
