package fovea.training;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/** How an example is changed each time it is shown, so that no pixel is learnt by heart. */
interface Augmentation {

  /**
   * Writes a changed version of the example's tensor. A pure function of its arguments, so that a
   * training that is taken up again sees what it would have seen.
   */
  void write(Example example, RandomGenerator random, FloatBuffer into);
}
