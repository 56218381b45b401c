package fovea.core.quality;

import java.math.BigInteger;

/**
 * The sums of one measure: values as integers at 2^-26, so at most 8 in size.
 *
 * <p>The sum of squares has 128 bits, {@code squaresHigh · 2^64 + squaresLow} with the low word
 * unsigned, at 2^-52. Immutable.
 *
 * @param n values
 * @param undefined images for which the measure has no value; not in n
 * @param clipped values beyond ±8, which count as ±8
 * @param sum Σ
 * @param squaresHigh upper word of Σ²
 * @param squaresLow lower word of Σ²
 */
public record QualityTally(
    long n, long undefined, long clipped, long sum, long squaresHigh, long squaresLow) {
  static final int SCALE_EXPONENT = -26;
  private static final double STEPS = Math.scalb(1.0, -SCALE_EXPONENT);
  private static final long LIMIT = 8L << -SCALE_EXPONENT;

  /** As many values as surely fit. */
  private static final long CAPACITY = (1L << 33) - 1;

  static final QualityTally NONE = new QualityTally(0, 0, 0, 0, 0, 0);
  static final QualityTally UNDEFINED = new QualityTally(0, 1, 0, 0, 0, 0);

  public QualityTally {
    if (n < 0 || undefined < 0 || clipped < 0 || clipped > n || squaresHigh < 0) {
      throw new IllegalArgumentException(
          "no sums of values: n %d, undefined %d, clipped %d".formatted(n, undefined, clipped));
    }
    if (n == 0 && (sum != 0 || squaresHigh != 0 || squaresLow != 0)) {
      throw new IllegalArgumentException("no values, and yet a sum of " + sum);
    }
    if (n > CAPACITY || undefined > CAPACITY) {
      throw new ArithmeticException("more than 2^33 - 1 images: " + n + ", " + undefined);
    }
  }

  /** Of one value, rounded half up to 2^-26; not NaN. */
  static QualityTally of(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("an undefined value is counted, not added: NaN");
    }
    double steps = Math.floor(value * STEPS + 0.5);
    long fixed = (long) Math.clamp(steps, -LIMIT, LIMIT);
    return new QualityTally(1, 0, Math.abs(steps) > LIMIT ? 1 : 0, fixed, 0, fixed * fixed);
  }

  QualityTally plus(QualityTally other) {
    long low = squaresLow + other.squaresLow;
    long carry = Long.compareUnsigned(low, squaresLow) < 0 ? 1 : 0;
    return new QualityTally(
        n + other.n,
        undefined + other.undefined,
        clipped + other.clipped,
        sum + other.sum,
        squaresHigh + other.squaresHigh + carry,
        low);
  }

  QualityTally minus(QualityTally other) {
    long borrow = Long.compareUnsigned(squaresLow, other.squaresLow) < 0 ? 1 : 0;
    return new QualityTally(
        n - other.n,
        undefined - other.undefined,
        clipped - other.clipped,
        sum - other.sum,
        squaresHigh - other.squaresHigh - borrow,
        squaresLow - other.squaresLow);
  }

  /** NaN of no values. */
  public double mean() {
    return n == 0 ? Double.NaN : sum / (double) n / STEPS;
  }

  /** Population variance {@code (n Σ² − (Σ)²) ÷ n²}, the numerator exact; NaN of no values. */
  public double variance() {
    if (n == 0) {
      return Double.NaN;
    }
    BigInteger squares =
        BigInteger.valueOf(squaresHigh)
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(squaresLow)));
    BigInteger numerator =
        squares.multiply(BigInteger.valueOf(n)).subtract(BigInteger.valueOf(sum).pow(2));
    return numerator.doubleValue() / n / n / STEPS / STEPS;
  }
}
