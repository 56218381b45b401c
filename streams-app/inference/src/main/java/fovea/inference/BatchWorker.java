package fovea.inference;

import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs one batch after the other, in memory of its own. */
final class BatchWorker implements Runnable {
  private final BatchQueue queue;
  private final int maxImages;
  private final BatchMeters meters;
  private Optional<ImageBatch> memory = Optional.empty();

  BatchWorker(BatchQueue queue, int maxImages, BatchMeters meters) {
    this.queue = queue;
    this.maxImages = maxImages;
    this.meters = meters;
  }

  @Override
  public void run() {
    try {
      while (!queue.drained()) {
        List<BatchJob> jobs = queue.take();
        if (!jobs.isEmpty()) {
          run(jobs);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(List<BatchJob> jobs) {
    meters.began(jobs);
    if (jobs.size() == 1) {
      alone(jobs.getFirst());
      return;
    }
    try {
      CompletableFuture.completedFuture(jobs)
          .thenApply(this::together)
          .thenCompose(jobs.getFirst().engine()::classify)
          .thenAccept(outputs -> deal(jobs, outputs))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof InferenceException) {
        jobs.forEach(BatchWorker::alone);
      } else {
        jobs.forEach(job -> job.outputs().completeExceptionally(e.getCause()));
      }
    }
  }

  /** What breaks here, breaks for who waits. */
  private static void alone(BatchJob job) {
    CompletableFuture.completedFuture(job.images())
        .thenCompose(job.engine()::classify)
        .whenComplete(
            (outputs, failure) -> {
              if (failure == null) {
                job.outputs().complete(outputs);
              } else {
                Throwable cause = failure.getCause();
                job.outputs().completeExceptionally(cause == null ? failure : cause);
              }
            })
        .exceptionally(failure -> List.of())
        .join();
  }

  private static void deal(List<BatchJob> jobs, List<Outputs> outputs) {
    int from = 0;
    int brought = jobs.stream().mapToInt(job -> job.images().count()).sum();
    if (outputs.size() != brought) {
      throw new IllegalStateException(
          "the engine gave %d outputs for %d images".formatted(outputs.size(), brought));
    }
    for (BatchJob job : jobs) {
      int to = from + job.images().count();
      job.outputs().complete(outputs.subList(from, to));
      from = to;
    }
  }

  private ImageBatch together(List<BatchJob> jobs) {
    ImageBatch first = jobs.getFirst().images();
    int count = jobs.stream().mapToInt(job -> job.images().count()).sum();
    ImageBatch all =
        memory
            .filter(held -> held.fits(first))
            .orElseGet(
                () -> new ImageBatch(maxImages, first.channels(), first.height(), first.width()));
    memory = Optional.of(all);
    ByteBuffer bytes = all.bytes();
    jobs.forEach(job -> bytes.put(job.images().bytes()));
    return all.first(count);
  }
}
