package fovea.streams;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The records of one partition whose turn has not come, in their order: the first of them begun.
 * Thread-safe.
 */
final class PartitionAhead {
  private final int depth;
  private final Scorers scorers;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private final Deque<Begun> begun = new ArrayDeque<>();

  /**
   * @param generation of the models by which it is scored
   */
  private record Begun(long offset, Object generation, FutureTask<Scored> scoring) {}

  PartitionAhead(int depth, Scorers scorers) {
    this.depth = depth;
    this.scorers = scorers;
  }

  synchronized void offer(ConsumerRecord<byte[], byte[]> record) {
    waiting.add(record);
    begin();
  }

  /**
   * What came of the record at {@code offset}; empty where it was not begun, or by models that do
   * not serve any more. Where no thread has come to it yet, the caller's own scores it.
   */
  @SuppressWarnings("ReferenceEquality") // The same instance until the next swap.
  Optional<Scored> take(long offset) {
    Optional<Begun> found = find(offset);
    if (found.isEmpty() || found.get().generation() != scorers.generation()) {
      return Optional.empty();
    }
    FutureTask<Scored> scoring = found.get().scoring();
    scoring.run();
    try {
      return Optional.of(scoring.get());
    } catch (ExecutionException e) {
      throw unchecked(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  /** A position that goes back, after a transaction that was aborted, finds nothing here. */
  private synchronized Optional<Begun> find(long offset) {
    waiting.removeIf(record -> record.offset() <= offset);
    while (!begun.isEmpty() && begun.peekFirst().offset() < offset) {
      begun.removeFirst().scoring().cancel(false);
    }
    Optional<Begun> first =
        Optional.ofNullable(begun.peekFirst()).filter(b -> b.offset() == offset);
    first.ifPresent(b -> begun.removeFirst());
    begin();
    return first;
  }

  synchronized void drop() {
    waiting.clear();
    begun.forEach(b -> b.scoring().cancel(false));
    begun.clear();
  }

  private void begin() {
    while (begun.size() < depth && !waiting.isEmpty()) {
      ConsumerRecord<byte[], byte[]> next = waiting.removeFirst();
      FutureTask<Scored> scoring =
          new FutureTask<>(
              () -> scorers.score(new ImageRecord(next.topic(), next.timestamp(), next.value())));
      begun.add(new Begun(next.offset(), scorers.generation(), scoring));
      Thread.ofVirtual().name("fovea-look-ahead").start(scoring);
    }
  }

  /** What broke ahead of time breaks when its turn has come. */
  private static RuntimeException unchecked(ExecutionException failure) {
    return switch (failure.getCause()) {
      case RuntimeException broken -> broken;
      case Error broken -> throw broken;
      case null, default -> new IllegalStateException(failure);
    };
  }
}
