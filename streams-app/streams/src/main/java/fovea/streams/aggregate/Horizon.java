package fovea.streams.aggregate;

import java.time.LocalDate;

/** The last expired day of one task, which only moves on. Thread-confined. */
final class Horizon {
  private final Retention retention;
  private LocalDate day = LocalDate.MIN;

  Horizon(Retention retention) {
    this.retention = retention;
  }

  /** Whether a later {@code now} expires days that were not expired before. */
  boolean advance(long now) {
    LocalDate reached = retention.horizon(now);
    if (!reached.isAfter(day)) {
      return false;
    }
    day = reached;
    return true;
  }

  LocalDate day() {
    return day;
  }

  boolean expired(LocalDate pane) {
    return !pane.isAfter(day);
  }
}
