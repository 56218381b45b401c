package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/** Gives each image's first pixel as its logit, once its gate is open. */
final class GatedEngine implements Classifier {
  /** An image on which the engine fails. */
  static final int POISON = 1000;

  /** An image on which it is broken. */
  static final int BROKEN = 1001;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch busy = new CountDownLatch(1);
  private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

  void open() {
    gate.countDown();
  }

  void awaitBusy() {
    await(busy);
  }

  /** How many images each batch had. */
  List<Integer> batches() {
    return List.copyOf(batches);
  }

  @Override
  public EngineReport engine() {
    return new EngineReport("Gated", "CPU", "fp32", "1", List.of());
  }

  @Override
  public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
    batches.add(batch.count());
    busy.countDown();
    await(gate);
    List<Outputs> out = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      float value = batch.image(i).get(0);
      if (value == BROKEN) {
        throw new IllegalStateException("broken");
      }
      if (value == POISON) {
        return CompletableFuture.failedStage(
            new InferenceException("poisoned", new IllegalStateException()));
      }
      out.add(new Outputs(new float[] {value}, new float[1], new float[1], 1, 1));
    }
    return CompletableFuture.completedStage(out);
  }

  @Override
  public void close() {}

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
