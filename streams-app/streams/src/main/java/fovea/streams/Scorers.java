package fovea.streams;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Scores records on any thread, by as many scorers as there are threads at once. Thread-safe.
 *
 * <p>While a record is scored no model of its generation is closed.
 */
final class Scorers {
  private final ServedModels models;
  private final Supplier<RecordScorer> fresh;
  private final Queue<RecordScorer> idle = new ConcurrentLinkedQueue<>();

  Scorers(ServedModels models, Supplier<RecordScorer> fresh) {
    this.models = models;
    this.fresh = fresh;
  }

  /** By the models that serve now. */
  Scored score(ImageRecord record) {
    RecordScorer waiting = idle.poll();
    RecordScorer scorer = waiting == null ? fresh.get() : waiting;
    try {
      return models.with(now -> scorer.score(record, now));
    } finally {
      idle.add(scorer);
    }
  }

  /** Tells one generation of models from the next. */
  Object generation() {
    return models.current();
  }
}
