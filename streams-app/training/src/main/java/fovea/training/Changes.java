package fovea.training;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/** One change after another, on grey images. */
record Changes(int side, List<Change> changes) implements Augmentation {
  Changes {
    changes = List.copyOf(changes);
  }

  @Override
  public void write(Example example, RandomGenerator random, FloatBuffer into) {
    Plane image = Plane.of(example, side);
    for (Change change : changes) {
      change.apply(image, random);
    }
    for (float value : image.samples()) {
      into.put(value / Example.STD);
    }
  }
}
