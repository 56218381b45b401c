package fovea.query.read;

import fovea.schema.DeadLetter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Refused records: how many by reason, and the newest of them. Thread-safe. */
public final class DeadLetters {
  private final int kept;
  private final Deque<Letter> newest = new ArrayDeque<>();
  private final SortedMap<String, Long> byReason = new TreeMap<>();

  /** Keeps the newest {@code kept} letters, without their original bytes. */
  public DeadLetters(int kept) {
    this.kept = kept;
  }

  /**
   * One refused record.
   *
   * @param topic topic of the source record
   * @param partition its partition
   * @param offset its offset
   * @param stage the step that refused it
   * @param reason reason code
   * @param message what was wrong
   * @param at Kafka timestamp of the dead letter
   */
  public record Letter(
      String topic,
      int partition,
      long offset,
      String stage,
      String reason,
      String message,
      Instant at) {}

  /** Counts one more. */
  public synchronized void add(DeadLetter letter, Instant at) {
    byReason.merge(letter.getReason(), 1L, Long::sum);
    newest.addFirst(
        new Letter(
            letter.getSourceTopic(),
            letter.getSourcePartition(),
            letter.getSourceOffset(),
            letter.getStage(),
            letter.getReason(),
            letter.getMessage(),
            at));
    if (newest.size() > kept) {
      newest.removeLast();
    }
  }

  /** How many by reason, a copy. */
  public synchronized SortedMap<String, Long> byReason() {
    return new TreeMap<>(byReason);
  }

  /** The newest first, a copy. */
  public synchronized List<Letter> newest() {
    return List.copyOf(newest);
  }
}
