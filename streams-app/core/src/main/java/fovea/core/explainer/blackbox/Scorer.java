package fovea.core.explainer.blackbox;

import fovea.core.inference.ImageBatch;

/**
 * A model as a black box: images in, one score per label out.
 *
 * <p>A pure function of the batch. It may block; the batch is refilled after it returns, so nothing
 * of it may be kept. Scores may be logits or probabilities: maps are in their unit.
 */
@FunctionalInterface
public interface Scorer {
  /** As many rows as the batch has images, in its order. */
  ScoreTable score(ImageBatch batch);
}
