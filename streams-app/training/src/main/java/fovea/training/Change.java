package fovea.training;

import java.util.random.RandomGenerator;

/** One way in which a grey image is changed before a net learns from it. */
interface Change {

  /** Changes the image in place, or leaves it as it is, as {@code random} has it. */
  void apply(Plane image, RandomGenerator random);
}
