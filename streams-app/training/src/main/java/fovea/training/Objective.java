package fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** What a training makes small. */
interface Objective {

  /**
   * One number.
   *
   * @param out logits N×L, evidence N×L×h×w, offset L
   * @param truth N×L, 1 where the label is present
   */
  NDArray of(NDList out, NDArray truth);
}
