package fovea.core.explainer.projection;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * How many images lie in each cell of a {@link Plane}, and how many beyond it: the streaming form
 * of a projection plot (Dual-IFM, arXiv 2603.18846).
 *
 * <p>Counts are sums: {@code add} commutes, {@code merge} equals having added all of both, {@code
 * subtract} undoes it; another plane is refused, and what is refused changes nothing. Mutable and
 * thread-confined. 8 bytes a cell.
 */
public final class Density {
  private final Plane plane;
  private final long[] counts;

  private Density(Plane plane, long[] counts) {
    this.plane = plane;
    this.counts = counts;
  }

  public static Density empty(Plane plane) {
    return new Density(plane, new long[plane.cells()]);
  }

  public void add(Point point) {
    int cell = plane.cell(point);
    counts[cell] = Math.addExact(counts[cell], 1);
  }

  /** Adds all that {@code other} counted. */
  public void merge(Density other) {
    same(other);
    long[] sums = new long[counts.length];
    Arrays.setAll(sums, i -> Math.addExact(counts[i], other.counts[i]));
    System.arraycopy(sums, 0, counts, 0, sums.length);
  }

  /**
   * Takes all away that {@code other} counted.
   *
   * @throws IllegalArgumentException if it was not all counted here
   */
  public void subtract(Density other) {
    same(other);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < other.counts[i]) {
        throw new IllegalArgumentException("cell %d cannot lose %d".formatted(i, other.counts[i]));
      }
    }
    Arrays.setAll(counts, i -> counts[i] - other.counts[i]);
  }

  public long n() {
    return Arrays.stream(counts).sum();
  }

  /** Images beyond the plane. */
  public long beyond() {
    return counts[plane.beyond()];
  }

  public long count(int cell) {
    return counts[cell];
  }

  /**
   * The fewest cells that hold at least {@code share} of the images within the plane, densest
   * first, of equal ones the lower; 0 ≤ share ≤ 1.
   */
  public BitSet support(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share must lie in 0..1: " + share);
    }
    int[] order =
        IntStream.range(0, plane.beyond())
            .boxed()
            .sorted((a, b) -> Long.compare(counts[b], counts[a]))
            .mapToInt(i -> i)
            .toArray();
    double needed = share * (n() - beyond());
    BitSet out = new BitSet();
    long held = 0;
    for (int i = 0; held < needed; i++) {
      out.set(order[i]);
      held += counts[order[i]];
    }
    return out;
  }

  /**
   * Share of the images outside a reference's support, those beyond the plane with them; NaN of
   * none.
   */
  public double outside(BitSet support) {
    long inside = 0;
    for (int i = support.nextSetBit(0); i >= 0; i = support.nextSetBit(i + 1)) {
      inside += counts[i];
    }
    return n() == 0 ? Double.NaN : 1 - (double) inside / n();
  }

  private void same(Density other) {
    if (!plane.equals(other.plane)) {
      throw new IllegalArgumentException("another plane: " + other.plane + " for " + plane);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Density that
        && plane.equals(that.plane)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * plane.hashCode() + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "Density[n=%d, %d beyond]".formatted(n(), beyond());
  }
}
