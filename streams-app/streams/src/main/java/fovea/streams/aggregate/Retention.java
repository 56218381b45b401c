package fovea.streams.aggregate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How long panes live, in event time.
 *
 * <p>A pane is a UTC day. It is expired when its end lies {@code panes} or more behind
 * <em>now</em>, and now is the greatest Kafka timestamp that the task has read: never a wall clock,
 * and never {@code acquiredAt}, with which one camera could expire everything. The broker keeps
 * timestamps from running ahead ({@code message.timestamp.after.max.ms}). A task that reads nothing
 * expires nothing. Each step decides by its own now, so the second may refuse what the first let
 * pass, never the reverse.
 *
 * <p>An image is acquired at most 24 hours after its record (else it is a dead letter {@code
 * CLOCK}), so what is known at a moment concerns panes up to the next day: an outcome or an erasure
 * lives as long as the pane of the day after it. When it goes, so has every image that it could be
 * about.
 *
 * @param panes at least a day
 */
public record Retention(Duration panes) {
  public Retention {
    if (panes.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("panes must live a day or longer: " + panes);
    }
  }

  /** The last day whose pane is expired. */
  LocalDate horizon(long now) {
    return day(Instant.ofEpochMilli(now).minus(panes)).minusDays(1);
  }

  /** The last day that something known at {@code moment} may concern. */
  static LocalDate concerns(Instant moment) {
    return day(moment).plusDays(1);
  }

  /** When what concerns {@code day} has gone from the stores. */
  Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(panes);
  }

  static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }
}
