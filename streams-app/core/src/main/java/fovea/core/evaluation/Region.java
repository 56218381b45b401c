package fovea.core.evaluation;

import java.util.List;

/**
 * A part of a grid of cells by which maps are summed up.
 *
 * <p>Immutable.
 */
public final class Region {
  private final String name;
  private final int height;
  private final int width;
  private final double[] weights;

  private Region(String name, int height, int width, double[] weights) {
    this.name = name;
    this.height = height;
    this.width = width;
    this.weights = weights;
  }

  /**
   * Cells that belong to a region wholly or in part, as in an atlas.
   *
   * @param weights row-major, the share 0..1 of each cell that lies inside
   */
  public static Region of(String name, int height, int width, double[] weights) {
    if (weights.length != height * width) {
      throw new IllegalArgumentException(
          "%d weights are not %dx%d".formatted(weights.length, height, width));
    }
    for (double weight : weights) {
      if (!(weight >= 0 && weight <= 1)) {
        throw new IllegalArgumentException("a share must lie in 0..1: " + weight);
      }
    }
    return new Region(name, height, width, weights.clone());
  }

  /** The outer {@code cells} rows and columns. */
  public static Region ring(String name, int height, int width, int cells) {
    return where(name, height, width, (y, x) -> Math.min(edge(y, height), edge(x, width)) < cells);
  }

  /** The squares of {@code cells} rows and columns in the four corners. */
  public static Region corners(String name, int height, int width, int cells) {
    return where(name, height, width, (y, x) -> Math.max(edge(y, height), edge(x, width)) < cells);
  }

  /** The {@code rows} and {@code columns} in the middle; all where the grid has fewer. */
  public static Region centre(String name, List<Integer> sides, int rows, int columns) {
    int height = sides.get(0);
    int width = sides.get(1);
    return where(
        name,
        height,
        width,
        (y, x) ->
            edge(y, height) >= (height - rows) / 2 && edge(x, width) >= (width - columns) / 2);
  }

  /** Every cell that is not of this region; of a cell in part, the other part. */
  public Region complement(String complement) {
    double[] out = new double[weights.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = 1 - weights[i];
    }
    return new Region(complement, height, width, out);
  }

  private interface Inside {
    boolean test(int y, int x);
  }

  private static Region where(String name, int height, int width, Inside inside) {
    double[] weights = new double[height * width];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = inside.test(i / width, i % width) ? 1 : 0;
    }
    return new Region(name, height, width, weights);
  }

  private static int edge(int at, int size) {
    return Math.min(at, size - 1 - at);
  }

  public String name() {
    return name;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** Whether at least half of the cell lies inside. */
  public boolean holds(int cell) {
    return weights[cell] >= 0.5;
  }

  /** The share 0..1 of a cell that lies inside. */
  public double share(int cell) {
    return weights[cell];
  }

  /** The share of the grid's area that lies inside. */
  public double areaShare() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum / weights.length;
  }

  /** The sum of {@code cells}, row-major, that lies inside. */
  public double sum(short[] cells) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * cells[i];
    }
    return sum;
  }
}
