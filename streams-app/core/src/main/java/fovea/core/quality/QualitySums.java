package fovea.core.quality;

import fovea.core.aggregate.Counters;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The exact sums of every quality measure of one aggregate: n, Σ and Σ² of values as integers, and
 * how many images have their peak in which zone.
 *
 * <p>{@code add} commutes, {@code merge} equals having added all of both bit for bit in any order
 * and partitioning, {@code subtract} undoes both. Equal sums have equal bytes. Up to 2^33 − 1
 * images a measure; beyond, {@link ArithmeticException}. What is refused changes nothing.
 *
 * <p>Mutable and thread-confined; {@link #bytes()} is a copy, {@link #snapshot()} immutable. 8
 * bytes, 56 a measure seen, and a name and a count a zone seen (see {@link QualityFormat}).
 */
public final class QualitySums {
  private Map<QualityMeasure, QualityTally> tallies;
  private Counters peaks;

  QualitySums(Map<QualityMeasure, QualityTally> tallies, Counters peaks) {
    this.tallies = tallies;
    this.peaks = peaks;
  }

  public static QualitySums empty() {
    return new QualitySums(new EnumMap<>(QualityMeasure.class), new Counters());
  }

  /**
   * Reads what {@link #bytes()} wrote; the bytes are copied.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static QualitySums read(byte[] bytes) {
    return QualityFormat.read(bytes);
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

  /** Adds one image's peak, which lies in {@code zone}. */
  public void addPeak(String zone) {
    ZoneConsistency.count(peaks, Set.of(zone), 1);
  }

  /** Adds all that {@code other} holds. */
  public void merge(QualitySums other) {
    QualitySums sums = new QualitySums(copy(), peaks());
    other.tallies.forEach(
        (measure, tally) -> sums.tallies.merge(measure, tally, QualityTally::plus));
    sums.peaks.merge(other.peaks);
    become(sums);
  }

  /**
   * Takes all away that {@code other} holds.
   *
   * @throws IllegalArgumentException if fewer were added
   */
  public void subtract(QualitySums other) {
    QualitySums rest = new QualitySums(copy(), peaks());
    other.tallies.forEach((measure, tally) -> rest.put(measure, rest.tally(measure).minus(tally)));
    rest.peaks.subtract(other.peaks);
    become(rest);
  }

  private void become(QualitySums other) {
    tallies = other.tallies;
    peaks = other.peaks;
  }

  /** All zeros for a measure never added. */
  public QualityTally tally(QualityMeasure measure) {
    return tallies.getOrDefault(measure, QualityTally.NONE);
  }

  /** Images by the zone of their peak, for {@link ZoneConsistency}; a copy. */
  public Counters peaks() {
    Counters out = new Counters();
    out.merge(peaks);
    return out;
  }

  /** Whether nothing is held. */
  public boolean isEmpty() {
    return tallies.isEmpty() && peaks.isEmpty();
  }

  /** The measures seen; an immutable copy. */
  public Map<QualityMeasure, QualityTally> snapshot() {
    return Map.copyOf(tallies);
  }

  /** The state, a new array. */
  public byte[] bytes() {
    return QualityFormat.write(tallies, peaks);
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
    return other instanceof QualitySums that
        && tallies.equals(that.tallies)
        && peaks.equals(that.peaks);
  }

  @Override
  public int hashCode() {
    return 31 * tallies.hashCode() + peaks.hashCode();
  }

  @Override
  public String toString() {
    return "QualitySums" + tallies + (peaks.isEmpty() ? "" : peaks);
  }
}
