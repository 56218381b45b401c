package fovea.core.parts;

/** A place of the frame's grid, row and column from 0. */
public record Cell(int row, int column) {
  public Cell {
    if (row < 0 || column < 0) {
      throw new IllegalArgumentException("no cell: row %d, column %d".formatted(row, column));
    }
  }

  /** Of a row-major index on a grid of {@code width} columns, at least 1. */
  public static Cell of(int index, int width) {
    return new Cell(index / width, index % width);
  }
}
