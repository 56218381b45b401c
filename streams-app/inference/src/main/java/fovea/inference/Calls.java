package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Calls of a classifier that wait for their answer. */
final class Calls {
  private Calls() {}

  /**
   * The answer of {@link Classifier#classify}.
   *
   * @throws InferenceException if the engine failed
   */
  static List<Outputs> run(Classifier classifier, ImageBatch batch) {
    try {
      return classifier.classify(batch).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof InferenceException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
