package fovea.core.evaluation;

import java.util.function.DoubleUnaryOperator;

/**
 * 95 % intervals that say something where nothing went wrong: a resample of a faultless result is
 * faultless again.
 */
public final class ScoreInterval {
  private static final double Z = 1.959963984540054;
  private static final int HALVINGS = 60;

  private ScoreInterval() {}

  /**
   * A share by Wilson's score (1927).
   *
   * @param value 0..1, or NaN of nothing
   * @param units that are independent of each other, e.g. subjects
   */
  public static Interval share(double value, long units) {
    if (units <= 0 || Double.isNaN(value)) {
      return Interval.point(value);
    }
    double z = Z * Z / units;
    double centre = (value + z / 2) / (1 + z);
    double half = Z * Math.sqrt(value * (1 - value) / units + z / (4 * units)) / (1 + z);
    return new Interval(
        value, Math.clamp(centre - half, 0, value), Math.clamp(centre + half, value, 1));
  }

  /**
   * An area under the ROC curve by Newcombe (Statistics in Medicine 25, 2006, method 5): those
   * areas from which the one found is not further than 1.96 of their own standard errors, these
   * after Hanley and McNeil (1982).
   *
   * @param area found, 0..1, or NaN of nothing
   * @param present independent units that show it
   * @param absent independent units that do not
   */
  public static Interval area(double area, int present, int absent) {
    if (present <= 0 || absent <= 0 || Double.isNaN(area)) {
      return Interval.point(area);
    }
    DoubleUnaryOperator error = a -> Math.sqrt(variance(a, present, absent));
    double low = limit(area, error);
    // The mirror image of the same question.
    double high = 1 - limit(1 - area, error);
    return new Interval(area, low, high);
  }

  private static double variance(double a, int present, int absent) {
    double others = (present + absent) / 2.0 - 1;
    double shape = 1 + others * ((1 - a) / (2 - a) + a / (1 + a));
    return a * (1 - a) * shape / ((double) present * absent);
  }

  /** The least area that is not refused. */
  private static double limit(double area, DoubleUnaryOperator error) {
    double refused = 0;
    double kept = area;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (refused + kept) / 2;
      if (area - middle > Z * error.applyAsDouble(middle)) {
        refused = middle;
      } else {
        kept = middle;
      }
    }
    return kept;
  }
}
