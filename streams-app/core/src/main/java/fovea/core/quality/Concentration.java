package fovea.core.quality;

import fovea.core.explanation.CellGrid;
import java.util.Arrays;
import java.util.OptionalDouble;

/** How concentrated attention is; no cell may be negative, and a map of zeros has no value. */
public final class Concentration {
  private Concentration() {}

  /**
   * Gini coefficient {@code Σ_i (2i − n − 1) a_(i) ÷ (n Σ a)}, a_(i) ascending from i = 1 (Hurley
   * and Rickard 2009): 0 where all cells are equal, 1 − 1/n where one has all.
   */
  public static OptionalDouble gini(CellGrid attention) {
    short[] cells = checked(attention);
    short[] sorted = positive(cells);
    int zeros = cells.length - sorted.length;
    long weighted = 0;
    long sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      weighted += (2L * (zeros + i) + 1 - cells.length) * sorted[i];
      sum += sorted[i];
    }
    return sum == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(weighted / ((double) cells.length * sum));
  }

  /** In order; zeros, which are about half of all cells, come first and add nothing. */
  private static short[] positive(short[] cells) {
    short[] out = new short[cells.length];
    int n = 0;
    for (short cell : cells) {
      out[n] = cell;
      n += cell > 0 ? 1 : 0;
    }
    out = Arrays.copyOf(out, n);
    Arrays.sort(out);
    return out;
  }

  /**
   * {@code −Σ q ln q ÷ ln n} of the shares q = a ÷ Σa: 1 where all cells are equal, 0 where one has
   * all; no value on a grid of one cell.
   */
  public static OptionalDouble entropy(CellGrid attention) {
    short[] cells = checked(attention);
    long sum = 0;
    double weighted = 0;
    for (short cell : cells) {
      sum += cell;
      weighted += cell > 0 ? cell * StrictMath.log(cell) : 0;
    }
    // What one machine adds another may have to take away: a logarithm of the same bits.
    return sum == 0 || cells.length == 1
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            (StrictMath.log((double) sum) - weighted / sum) / StrictMath.log(cells.length));
  }

  private static short[] checked(CellGrid attention) {
    for (short cell : attention.cells()) {
      if (cell < 0) {
        throw new IllegalArgumentException("attention is never negative: " + cell);
      }
    }
    return attention.cells();
  }
}
