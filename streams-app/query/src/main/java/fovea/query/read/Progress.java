package fovea.query.read;

import java.time.Instant;
import java.util.Optional;

/** Keeps one read model's {@link Standing}. Thread-safe. */
public final class Progress {
  private Standing standing;

  /** Nothing read yet. */
  public Progress(String topic) {
    standing = new Standing(topic, false, 0, Optional.empty(), 0, Optional.empty());
  }

  public synchronized Standing standing() {
    return standing;
  }

  /** A record of this Kafka timestamp was applied. */
  public synchronized void applied(Instant at) {
    Instant newest = standing.asOf().filter(at::isBefore).orElse(at);
    change(standing.lag(), Optional.of(newest), standing.badRecords(), standing.trouble());
  }

  /** A record could not be read. */
  public synchronized void bad() {
    change(standing.lag(), standing.asOf(), standing.badRecords() + 1, standing.trouble());
  }

  /** Everything that was there at the start has been applied. */
  public synchronized void caughtUp() {
    standing =
        new Standing(
            standing.topic(),
            true,
            standing.lag(),
            standing.asOf(),
            standing.badRecords(),
            standing.trouble());
  }

  /** So many committed records are still to be applied; the world answers. */
  public synchronized void lag(long records) {
    change(records, standing.asOf(), standing.badRecords(), Optional.empty());
  }

  /** Something outside stands in the way. */
  public synchronized void trouble(String reason) {
    change(standing.lag(), standing.asOf(), standing.badRecords(), Optional.of(reason));
  }

  private void change(long lag, Optional<Instant> asOf, long bad, Optional<String> trouble) {
    standing = new Standing(standing.topic(), standing.caughtUp(), lag, asOf, bad, trouble);
  }
}
