package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What one caller brought.
 *
 * @param engine by which it is to be run
 * @param images its own, not written to until {@code outputs} is complete
 * @param outputs where it waits
 * @param since {@link System#nanoTime} when it came
 */
record BatchJob(
    Classifier engine, ImageBatch images, CompletableFuture<List<Outputs>> outputs, long since) {

  BatchJob(Classifier engine, ImageBatch images) {
    this(engine, images, new CompletableFuture<>(), System.nanoTime());
  }

  @SuppressWarnings("ReferenceEquality") // An engine is itself alone.
  boolean goesWith(BatchJob other) {
    return engine == other.engine && images.fits(other.images);
  }
}
