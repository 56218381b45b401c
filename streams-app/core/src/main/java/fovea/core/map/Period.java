package fovea.core.map;

import java.time.LocalDate;

/**
 * UTC days, both ends included.
 *
 * @param from first day; {@link LocalDate#MIN} for no limit
 * @param to last day; {@link LocalDate#MAX} for no limit
 */
public record Period(LocalDate from, LocalDate to) {
  public Period {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("period ends before it begins: " + from + " to " + to);
    }
  }

  /** Every day. */
  public static Period always() {
    return new Period(LocalDate.MIN, LocalDate.MAX);
  }

  public boolean contains(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }
}
