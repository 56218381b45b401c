package fovea.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoreIntervalTest {
  private static final double Z = 1.959963984540054;

  /** Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
  @Test
  void sharesHaveTheirPublishedLimits() {
    assertShare(81, 263, 0.2553, 0.3662);
    assertShare(15, 148, 0.0624, 0.1605);
    assertShare(0, 20, 0, 0.1611);
    assertShare(1, 29, 0.0061, 0.1718);
  }

  @Test
  void anAreaThatWasFoundLiesAtTheEdgeOfWhatItsLimitsAllow() {
    Interval found = ScoreInterval.area(0.9, 30, 50);

    assertThat(found.low()).isBetween(0.7, 0.9);
    assertThat(found.high()).isBetween(0.9, 1.0);
    assertThat(0.9 - found.low()).isCloseTo(Z * error(found.low(), 30, 50), within(1e-9));
    assertThat(found.high() - 0.9).isCloseTo(Z * error(found.high(), 30, 50), within(1e-9));
  }

  @Test
  void aFaultlessAreaOfFewSaysLittle() {
    Interval few = ScoreInterval.area(1, 5, 5);
    Interval many = ScoreInterval.area(1, 500, 500);

    assertThat(few.high()).isEqualTo(1);
    assertThat(few.low()).isLessThan(0.8);
    assertThat(many.low()).isGreaterThan(0.99).isLessThan(1);
    assertThat(ScoreInterval.area(0, 5, 5).high()).isCloseTo(1 - few.low(), within(1e-12));
  }

  @Test
  void nothingMeasuredHasNoInterval() {
    assertThat(ScoreInterval.area(Double.NaN, 0, 5).low()).isNaN();
    assertThat(ScoreInterval.share(Double.NaN, 0).high()).isNaN();
  }

  private static void assertShare(int of, int all, double low, double high) {
    Interval found = ScoreInterval.share((double) of / all, all);
    assertThat(found.low()).isCloseTo(low, within(5e-5));
    assertThat(found.high()).isCloseTo(high, within(5e-5));
  }

  /** Hanley and McNeil, as method 5 has it. */
  private static double error(double a, int present, int absent) {
    double others = (present + absent) / 2.0 - 1;
    double q1 = a / (2 - a) - a * a;
    double q2 = 2 * a * a / (1 + a) - a * a;
    return Math.sqrt((a * (1 - a) + others * (q1 + q2)) / (present * absent));
  }
}
