package fovea.app.chaos;

import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;

/** An end to waiting: when nothing moves for too long. */
final class Deadline {
  private final Duration patience;
  private final String what;
  private Position last = Position.NOTHING;
  private long since = System.nanoTime();

  Deadline(Duration patience, String what) {
    this.patience = patience;
    this.what = what;
  }

  /**
   * Call now and then.
   *
   * @throws TimeoutException if the position is what it was for longer than the patience
   */
  void check(Position position) {
    if (!position.equals(last)) {
      last = position;
      since = System.nanoTime();
    }
    if (System.nanoTime() - since > patience.toNanos()) {
      throw new TimeoutException(
          "%s: nothing moved for %s, at %d images, %d waiting"
              .formatted(what, patience, position.images(), position.waiting()));
    }
  }
}
