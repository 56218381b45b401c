package fovea.core.composition;

/**
 * One mean map minus another, cell by cell. Immutable.
 *
 * <p>In the maps' own units: +0.1 where the first averages 0.1 more. It says nothing of chance:
 * that needs the spread between subjects.
 */
public final class MapDifference {
  private final MeanMap first;
  private final MeanMap second;
  private final double[] values;

  MapDifference(MeanMap first, MeanMap second, double[] values) {
    this.first = first;
    this.second = second;
    this.values = values;
  }

  /** From which it is taken away. */
  public MeanMap first() {
    return first;
  }

  /** What is taken away. */
  public MeanMap second() {
    return second;
  }

  /** Row-major, a copy. */
  public double[] values() {
    return values.clone();
  }

  /** The first cell where the first map exceeds the other most. */
  public int greatest() {
    int at = 0;
    for (int i = 1; i < values.length; i++) {
      at = values[i] > values[at] ? i : at;
    }
    return at;
  }

  /** The first cell where the other map exceeds the first most. */
  public int least() {
    int at = 0;
    for (int i = 1; i < values.length; i++) {
      at = values[i] < values[at] ? i : at;
    }
    return at;
  }
}
