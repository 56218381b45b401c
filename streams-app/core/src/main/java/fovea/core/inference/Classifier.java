package fovea.core.inference;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A model on an engine: the port behind which all inference lies.
 *
 * <p>Thread-safe. Inference is a pure function of the batch, so a caller may repeat it. The caller
 * that opened it closes it; closing waits for what is running.
 */
public interface Classifier extends AutoCloseable {

  /** What really runs. */
  EngineReport engine();

  /**
   * Starts inference; the stage gives one {@link Outputs} per image in the batch's order, or fails
   * with {@link InferenceException}. May run on the calling thread.
   */
  CompletionStage<List<Outputs>> classify(ImageBatch batch);

  @Override
  void close();
}
