package fovea.core.moments;

import static fovea.core.moments.MomentsFormat.CLIPPED;
import static fovea.core.moments.MomentsFormat.EMPTY;
import static fovea.core.moments.MomentsFormat.FINGERPRINT;
import static fovea.core.moments.MomentsFormat.INT;
import static fovea.core.moments.MomentsFormat.LONG;
import static fovea.core.moments.MomentsFormat.N;

import fovea.core.explanation.CellGrid;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The exact sums of one aggregate: how many maps, and what mean and variance of their bilinear
 * upsampling follow from.
 *
 * <p>Every field is a sum of integers, so {@code add} commutes, {@code merge} equals having added
 * all of both bit for bit in any order and partitioning, and {@code subtract} undoes {@code add}.
 * States of another grid or scale are refused. Sums hold 2^33 − 1 maps, the count of cells ≥ ½ 2^31
 * − 1 of them; beyond, {@link ArithmeticException}. What is refused changes nothing.
 *
 * <p>Mutable and thread-confined. {@link #bytes()} is a copy, {@link #snapshot()} immutable. 52
 * bytes a cell and 40 more (see {@link MomentsFormat} for the layout).
 */
public final class Moments {
  private static final int EAST = 2;
  private static final int SOUTH = 3;
  private static final int SOUTH_EAST = 4;
  private static final int SOUTH_WEST = 5;
  private static final int HALVES = 6;

  /** As many int16 products as surely fit an int64. */
  private static final long CAPACITY = (1L << 33) - 1;

  private final byte[] state;
  private final int height;
  private final int width;
  private final int half;

  private Moments(byte[] state) {
    this.state = state;
    this.height = MomentsFormat.gridHeight(state);
    this.width = MomentsFormat.gridWidth(state);
    int exponent = MomentsFormat.scaleExponent(state);
    this.half = exponent < 0 ? 1 << Math.min(30, -1 - exponent) : 1;
  }

  /** Nothing added; cells are int16 × 2^scaleExponent. Sides 1..1024, exponent −30..30. */
  public static Moments empty(int gridHeight, int gridWidth, int scaleExponent) {
    MomentsFormat.checkShape(gridHeight, gridWidth, scaleExponent);
    return new Moments(MomentsFormat.blank(gridHeight, gridWidth, scaleExponent));
  }

  /**
   * A state read from its bytes, which are copied: a store's array stays as it is.
   *
   * @throws IllegalArgumentException if they are not a state
   */
  public static Moments read(byte[] bytes) {
    MomentsFormat.check(bytes);
    return new Moments(bytes.clone());
  }

  /** Adds one image's map. */
  public void add(CellMap map) {
    checkFits(map.grid());
    short[] cells = map.grid().cells();
    checkRoom(1, i -> cells[i] >= half ? 1 : 0);
    update(map, 1);
  }

  /**
   * Takes one image's map away again.
   *
   * @throws IllegalArgumentException if nothing is in it
   */
  public void subtract(CellMap map) {
    checkFits(map.grid());
    if (n() == 0) {
      throw new IllegalArgumentException("cannot subtract from an empty aggregate");
    }
    update(map, -1);
  }

  /** Adds everything that {@code other} holds. */
  public void merge(Moments other) {
    checkFits(other);
    checkRoom(other.n(), other::halves);
    combine(other, 1);
  }

  /** Takes everything away that {@code other} holds, as if it had never been merged. */
  public void subtract(Moments other) {
    checkFits(other);
    if (n() < other.n()) {
      throw new IllegalArgumentException(
          "cannot subtract %d maps from %d".formatted(other.n(), n()));
    }
    combine(other, -1);
  }

  public long n() {
    return (long) LONG.get(state, N);
  }

  /** How many maps a state holds, read from its bytes without a copy of them. */
  public static long count(byte[] bytes) {
    MomentsFormat.check(bytes);
    return (long) LONG.get(bytes, N);
  }

  /** The state, a copy. */
  public byte[] bytes() {
    return state.clone();
  }

  /** The live array, for who stores it and forgets these moments. */
  public byte[] handOver() {
    return state;
  }

  /** An immutable view of now. */
  public MomentsSnapshot snapshot() {
    return new MomentsSnapshot(state.clone());
  }

  private void checkFits(CellGrid grid) {
    if (grid.height() != height
        || grid.width() != width
        || grid.scaleExponent() != MomentsFormat.scaleExponent(state)) {
      throw new IllegalArgumentException("a map of %s does not fit %s".formatted(grid, this));
    }
  }

  private void checkFits(Moments other) {
    if (other.height != height
        || other.width != width
        || MomentsFormat.scaleExponent(other.state) != MomentsFormat.scaleExponent(state)) {
      throw new IllegalArgumentException("%s does not fit %s".formatted(other, this));
    }
  }

  /** Before anything is changed; cells are looked at only where their count could be full. */
  private void checkRoom(long more, IntUnaryOperator halves) {
    if (n() > CAPACITY - more) {
      throw new ArithmeticException("%s has no room for %d more".formatted(this, more));
    }
    for (int i = 0; n() + more > Integer.MAX_VALUE && i < height * width; i++) {
      Math.addExact(halves(i), halves.applyAsInt(i));
    }
  }

  private int halves(int cell) {
    return (int) INT.get(state, MomentsFormat.plane(HALVES, height * width) + 4 * cell);
  }

  private void update(CellMap map, int sign) {
    increment(N, sign);
    increment(EMPTY, map.empty() ? sign : 0);
    increment(CLIPPED, (long) sign * map.clipped());
    increment(FINGERPRINT, sign * map.fingerprint());
    if (!map.empty()) {
      short[] g = map.grid().cells();
      sums(g, sign);
      products(g, EAST, 1, sign);
      products(g, SOUTH, width, sign);
      products(g, SOUTH_EAST, width + 1, sign);
      products(g, SOUTH_WEST, width - 1, sign);
      halves(g, sign);
    }
  }

  private void sums(short[] g, int sign) {
    int first = MomentsFormat.plane(0, g.length);
    int second = MomentsFormat.plane(1, g.length);
    for (int i = 0; i < g.length; i++) {
      long v = g[i];
      LONG.set(state, first + 8 * i, (long) LONG.get(state, first + 8 * i) + sign * v);
      LONG.set(state, second + 8 * i, (long) LONG.get(state, second + 8 * i) + sign * v * v);
    }
  }

  /**
   * Products with the neighbour {@code step} cells on; row ends are left out where it is beside.
   */
  private void products(short[] g, int plane, int step, int sign) {
    int at = MomentsFormat.plane(plane, g.length);
    int from = plane == SOUTH_WEST ? 1 : 0;
    int to = plane == EAST || plane == SOUTH_EAST ? width - 1 : width;
    int rows = plane == EAST ? height : height - 1;
    for (int r = 0; r < rows; r++) {
      for (int i = r * width + from; i < r * width + to; i++) {
        long product = (long) g[i] * g[i + step];
        LONG.set(state, at + 8 * i, (long) LONG.get(state, at + 8 * i) + sign * product);
      }
    }
  }

  private void halves(short[] g, int sign) {
    int at = MomentsFormat.plane(HALVES, g.length);
    for (int i = 0; i < g.length; i++) {
      if (g[i] >= half) {
        int count = (int) INT.get(state, at + 4 * i);
        INT.set(state, at + 4 * i, Math.addExact(count, sign));
      }
    }
  }

  private void combine(Moments other, int sign) {
    int halves = MomentsFormat.plane(HALVES, height * width);
    for (int at = N; at < halves; at += 8) {
      increment(at, sign * (long) LONG.get(other.state, at));
    }
    for (int at = halves; at < state.length; at += 4) {
      int theirs = (int) INT.get(other.state, at);
      INT.set(state, at, Math.addExact((int) INT.get(state, at), sign * theirs));
    }
  }

  private void increment(int at, long by) {
    LONG.set(state, at, (long) LONG.get(state, at) + by);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Moments that && Arrays.equals(state, that.state);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(state);
  }

  @Override
  public String toString() {
    return "Moments[n=%d, %dx%d, 2^%d]"
        .formatted(n(), height, width, MomentsFormat.scaleExponent(state));
  }
}
