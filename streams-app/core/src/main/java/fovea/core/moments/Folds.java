package fovea.core.moments;

import fovea.core.explanation.CellGrid;
import java.util.Arrays;

/**
 * The sums of one aggregate dealt to 20 folds by subject: what its standard errors come from.
 *
 * <p>All images of one subject are in one fold, so the folds' means differ as independent samples
 * of subjects do. Maps are those of {@code ATTENTION_MAX1}: cells 0..16384 at 2^-14.
 *
 * <p>Every field is a sum of integers: {@code add} commutes, {@code merge} equals having added all
 * of both bit for bit, {@code subtract} undoes {@code add}. A fold holds {@value #CAPACITY} maps,
 * as many as surely fit 32 bits; beyond, {@link ArithmeticException} names the fold. What is
 * refused changes nothing. {@link FoldsSnapshot} adds up over aggregates without that limit.
 *
 * <p>Mutable and thread-confined. 80 bytes a cell and 88 more (see {@link FoldsFormat} for the
 * layout).
 */
public final class Folds {
  /** How many folds there are. */
  public static final int FOLDS = 20;

  static final int SCALE_EXPONENT = -14;
  static final int CAPACITY = (1 << 17) - 1;
  private static final int ONE = 1 << 14;

  private final byte[] state;
  private final int height;
  private final int width;

  private Folds(byte[] state) {
    this.state = state;
    this.height = FoldsFormat.height(state);
    this.width = FoldsFormat.width(state);
  }

  /** Nothing added. Sides 1..1024. */
  public static Folds empty(int gridHeight, int gridWidth) {
    MomentsFormat.checkShape(gridHeight, gridWidth, SCALE_EXPONENT);
    return new Folds(FoldsFormat.blank(gridHeight, gridWidth));
  }

  /**
   * Folds read from their bytes, which are copied: a store's array stays as it is.
   *
   * @throws IllegalArgumentException if they are not folds
   */
  public static Folds read(byte[] bytes) {
    FoldsFormat.check(bytes);
    return new Folds(bytes.clone());
  }

  /** Adds one image's map to its subject's fold, 0..19. */
  public void add(int fold, CellGrid map) {
    check(fold, map);
    checkRoom(fold, 1);
    update(fold, map, 1);
  }

  /**
   * Takes one image's map away from its subject's fold.
   *
   * @throws IllegalArgumentException if nothing is in that fold
   */
  public void subtract(int fold, CellGrid map) {
    check(fold, map);
    if (n(fold) == 0) {
      throw new IllegalArgumentException("cannot subtract from fold " + fold + ", which is empty");
    }
    update(fold, map, -1);
  }

  /** Adds everything that {@code other} holds. */
  public void merge(Folds other) {
    checkFits(other);
    for (int fold = 0; fold < FOLDS; fold++) {
      checkRoom(fold, other.n(fold));
    }
    combine(other, 1);
  }

  /** Takes everything away that {@code other} holds, as if it had never been merged. */
  public void subtract(Folds other) {
    checkFits(other);
    for (int fold = 0; fold < FOLDS; fold++) {
      if (n(fold) < other.n(fold)) {
        throw new IllegalArgumentException(
            "cannot subtract %d maps from %d of fold %d".formatted(other.n(fold), n(fold), fold));
      }
    }
    combine(other, -1);
  }

  /** Maps in all folds. */
  public long n() {
    long sum = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      sum += n(fold);
    }
    return sum;
  }

  /** Maps in one fold. */
  public int n(int fold) {
    return FoldsFormat.n(state, fold);
  }

  /** The state, a copy. */
  public byte[] bytes() {
    return state.clone();
  }

  /**
   * The live array, for who stores it and forgets these folds: it is the largest state there is,
   * and a copy would cost more than the sum.
   */
  public byte[] handOver() {
    return state;
  }

  /** An immutable view of now. */
  public FoldsSnapshot snapshot() {
    return FoldsSnapshot.of(state);
  }

  private void check(int fold, CellGrid map) {
    if (fold < 0 || fold >= FOLDS) {
      throw new IllegalArgumentException("fold must be 0..19: " + fold);
    }
    if (map.height() != height || map.width() != width || map.scaleExponent() != SCALE_EXPONENT) {
      throw new IllegalArgumentException("a map of %s does not fit %s".formatted(map, this));
    }
    for (short cell : map.cells()) {
      if (cell < 0 || cell > ONE) {
        throw new IllegalArgumentException("a cell of attention must be 0..16384: " + cell);
      }
    }
  }

  private void checkFits(Folds other) {
    if (other.height != height || other.width != width) {
      throw new IllegalArgumentException("%s does not fit %s".formatted(other, this));
    }
  }

  private void checkRoom(int fold, int more) {
    if (n(fold) > CAPACITY - more) {
      throw new ArithmeticException(
          "fold %d of %s has no room for %d more: it holds %d, at most %d"
              .formatted(fold, this, more, n(fold), CAPACITY));
    }
  }

  private void update(int fold, CellGrid map, int sign) {
    short[] g = map.cells();
    int plane = FoldsFormat.plane(fold, g.length);
    FoldsFormat.increment(state, FoldsFormat.N + 4 * fold, sign);
    for (int i = 0; i < g.length; i++) {
      FoldsFormat.increment(state, plane + 4 * i, sign * g[i]);
    }
  }

  private void combine(Folds other, int sign) {
    for (int at = FoldsFormat.N; at < state.length; at += 4) {
      FoldsFormat.increment(state, at, sign * FoldsFormat.at(other.state, at));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Folds that && Arrays.equals(state, that.state);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(state);
  }

  @Override
  public String toString() {
    return "Folds[n=%d, %dx%d]".formatted(n(), height, width);
  }
}
