package fovea.core.evaluation;

/**
 * An estimate with its 95 % interval.
 *
 * @param value NaN where there was nothing to measure
 * @param low NaN where no interval is known
 * @param high as low
 */
public record Interval(double value, double low, double high) {

  /** An estimate of which no interval is known. */
  public static Interval point(double value) {
    return new Interval(value, Double.NaN, Double.NaN);
  }
}
