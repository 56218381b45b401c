package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One model behind a batcher. */
final class BatchedClassifier implements Classifier {
  private final Classifier engine;
  private final BatchQueue queue;

  BatchedClassifier(Classifier engine, BatchQueue queue) {
    this.engine = engine;
    this.queue = queue;
  }

  @Override
  public EngineReport engine() {
    return engine.engine();
  }

  @Override
  public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
    BatchJob job = new BatchJob(engine, batch);
    try {
      queue.put(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an image waited for its batch", e);
    }
    return job.outputs();
  }

  @Override
  public void close() {
    engine.close();
  }
}
