package fovea.training;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/**
 * Small random shifts and changes of brightness and colour, so that no pixel is learnt by heart.
 */
final class Jitter implements Augmentation {
  private static final int SHIFT = 4;
  private static final float GAIN = 0.12f;

  private final int side;

  Jitter(int side) {
    this.side = side;
  }

  /** Writes a changed version of the example's tensor; what moves in is black. */
  @Override
  public void write(Example example, RandomGenerator random, FloatBuffer into) {
    int dx = random.nextInt(-SHIFT, SHIFT + 1);
    int dy = random.nextInt(-SHIFT, SHIFT + 1);
    float brightness = factor(random);
    for (int c = 0; c < NetSpec.COLOURS; c++) {
      float gain = brightness * factor(random);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          boolean inside = x + dx >= 0 && x + dx < side && y + dy >= 0 && y + dy < side;
          int from = (c * side + y + dy) * side + x + dx;
          into.put(inside ? gain * example.at(from) : 0);
        }
      }
    }
  }

  private static float factor(RandomGenerator random) {
    return 1 + GAIN * (2 * random.nextFloat() - 1);
  }
}
