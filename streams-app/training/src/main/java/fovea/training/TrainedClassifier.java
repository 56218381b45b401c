package fovea.training;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A net as the engine that trained it has it, behind the port that every measurement is taken
 * through. Thread-confined as the trainer; closing it leaves the trainer open.
 */
record TrainedClassifier(EvidenceTrainer trainer) implements Classifier {

  @Override
  public EngineReport engine() {
    return new EngineReport("PyTorch", "CPU", "fp32", "training", List.of());
  }

  @Override
  public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
    return CompletableFuture.completedFuture(
        trainer.predict(batch.bytes().asFloatBuffer(), batch.count()));
  }

  @Override
  public void close() {
    // The trainer belongs to whoever opened it.
  }
}
