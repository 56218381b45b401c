package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A model on an engine, of whose live images every n-th is also run on the reference.
 *
 * <p>The comparison has one thread and room for one image beside the one it compares; an image that
 * finds no room is left out and counted, so that callers never wait for it. Thread-safe; closing
 * closes both engines.
 */
final class LiveParity implements Classifier {
  private static final int CLOSING_SECONDS = 60;

  private final Classifier serving;
  private final Classifier reference;
  private final Function<EngineReport, MapParity> parity;
  private final int every;
  private final ParityMeters meters;
  private final AtomicLong seen = new AtomicLong();
  private final ThreadPoolExecutor beside;

  LiveParity(Pair pair, Function<EngineReport, MapParity> parity, int every, ParityMeters meters) {
    if (every < 1) {
      throw new IllegalArgumentException("every must be at least 1: " + every);
    }
    this.serving = pair.serving();
    this.reference = pair.reference();
    this.parity = parity;
    this.every = every;
    this.meters = meters;
    this.beside =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            Thread.ofPlatform().name("fovea-parity").daemon().factory(),
            (task, pool) -> meters.leftOut());
  }

  /** What serves, and what it is held against. */
  record Pair(Classifier serving, Classifier reference) {}

  @Override
  public EngineReport engine() {
    return serving.engine();
  }

  @Override
  public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
    long before = seen.getAndAdd(batch.count());
    long next = (before / every + 1) * every;
    if (next > before + batch.count()) {
      return serving.classify(batch);
    }
    int index = (int) (next - before - 1);
    // Its memory is the caller's again when the stage is complete.
    ImageBatch image = new ImageBatch(1, batch.channels(), batch.height(), batch.width());
    image.image(0).put(batch.image(index));
    return serving
        .classify(batch)
        .thenApply(
            outputs -> {
              beside.execute(() -> compare(image, outputs.get(index)));
              return outputs;
            });
  }

  private void compare(ImageBatch image, Outputs found) {
    CompletableFuture.completedFuture(image)
        .thenCompose(reference::classify)
        .thenApply(
            expected -> {
              MapParity one = parity.apply(serving.engine());
              one.add(expected.getFirst(), found);
              meters.compared(one.result());
              return true;
            })
        .exceptionally(
            failure -> {
              meters.failed();
              return false;
            })
        .join();
  }

  @Override
  public void close() {
    beside.shutdown();
    try {
      beside.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    serving.close();
    reference.close();
  }
}
