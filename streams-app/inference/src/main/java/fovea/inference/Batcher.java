package fovea.inference;

import fovea.core.inference.Classifier;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the images of many callers together in batches, for engines that run several at the price
 * of few.
 *
 * <p>Work-conserving: a free worker takes at once what waits, up to the maximum, in the order in
 * which it came; of several models, those of the first one's. What waits is bounded: who brings
 * more waits. Of a batch that fails each image is run alone, so that one image's failure is no
 * other's. Inference is pure, so nothing else is changed by it. Thread-safe; closing lets finish
 * what waits.
 */
public final class Batcher implements AutoCloseable {
  private final BatchQueue queue;
  private final List<Thread> workers = new ArrayList<>();

  public Batcher(BatchPolicy policy, MeterRegistry meters) {
    BatchMeters counts = new BatchMeters(meters);
    this.queue = new BatchQueue(policy);
    counts.queue(queue);
    for (int i = 1; i <= policy.workers(); i++) {
      BatchWorker worker = new BatchWorker(queue, policy.maxImages(), counts);
      workers.add(Thread.ofPlatform().name("fovea-batch-" + i).daemon().start(worker));
    }
  }

  /** The same model, its images in batches with others'. Closing it closes {@code engine}. */
  public Classifier over(Classifier engine) {
    return new BatchedClassifier(engine, queue);
  }

  @Override
  public void close() {
    queue.close();
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
