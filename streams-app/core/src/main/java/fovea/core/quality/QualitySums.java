package fovea.core.quality;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The exact sums of every quality measure of one aggregate: n, Σ and Σ² of values as integers.
 *
 * <p>{@code add} commutes, {@code merge} equals having added all of both bit for bit in any order
 * and partitioning, {@code subtract} undoes both. Equal sums have equal bytes. Up to 2^33 − 1
 * images a measure; beyond, {@link ArithmeticException}. What is refused changes nothing.
 *
 * <p>Mutable and thread-confined; {@link #bytes()} is a copy, {@link #snapshot()} immutable. 8
 * bytes, and 56 a measure seen (see {@link QualityFormat}).
 */
public final class QualitySums {
  private Map<QualityMeasure, QualityTally> tallies;

  private QualitySums(Map<QualityMeasure, QualityTally> tallies) {
    this.tallies = tallies;
  }

  public static QualitySums empty() {
    return new QualitySums(new EnumMap<>(QualityMeasure.class));
  }

  /**
   * Reads what {@link #bytes()} wrote; the bytes are copied.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static QualitySums read(byte[] bytes) {
    return new QualitySums(QualityFormat.read(bytes));
  }

  /** Adds one image's value, rounded to 2^-26; none counts as undefined. */
  public void add(QualityMeasure measure, OptionalDouble value) {
    put(measure, tally(measure).plus(of(value)));
  }

  /** Adds one image's value. */
  public void add(QualityMeasure measure, double value) {
    add(measure, OptionalDouble.of(value));
  }

  /**
   * Takes one value away, as if it had never been added.
   *
   * @throws IllegalArgumentException if fewer were added
   */
  public void subtract(QualityMeasure measure, OptionalDouble value) {
    put(measure, tally(measure).minus(of(value)));
  }

  /** Adds all that {@code other} holds. */
  public void merge(QualitySums other) {
    Map<QualityMeasure, QualityTally> sums = copy();
    other.tallies.forEach((measure, tally) -> sums.merge(measure, tally, QualityTally::plus));
    tallies = sums;
  }

  /**
   * Takes all away that {@code other} holds.
   *
   * @throws IllegalArgumentException if fewer were added
   */
  public void subtract(QualitySums other) {
    QualitySums rest = new QualitySums(copy());
    other.tallies.forEach((measure, tally) -> rest.put(measure, rest.tally(measure).minus(tally)));
    tallies = rest.tallies;
  }

  /** All zeros for a measure never added. */
  public QualityTally tally(QualityMeasure measure) {
    return tallies.getOrDefault(measure, QualityTally.NONE);
  }

  /** Whether nothing is held. */
  public boolean isEmpty() {
    return tallies.isEmpty();
  }

  /** The measures seen; an immutable copy. */
  public Map<QualityMeasure, QualityTally> snapshot() {
    return Map.copyOf(tallies);
  }

  /** The state, a new array. */
  public byte[] bytes() {
    return QualityFormat.write(tallies);
  }

  private static QualityTally of(OptionalDouble value) {
    return value.isPresent() ? QualityTally.of(value.getAsDouble()) : QualityTally.UNDEFINED;
  }

  private void put(QualityMeasure measure, QualityTally tally) {
    if (tally.equals(QualityTally.NONE)) {
      tallies.remove(measure);
    } else {
      tallies.put(measure, tally);
    }
  }

  private Map<QualityMeasure, QualityTally> copy() {
    Map<QualityMeasure, QualityTally> out = new EnumMap<>(QualityMeasure.class);
    out.putAll(tallies);
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QualitySums that && tallies.equals(that.tallies);
  }

  @Override
  public int hashCode() {
    return tallies.hashCode();
  }

  @Override
  public String toString() {
    return "QualitySums" + tallies;
  }
}
