package fovea.training;

import java.util.random.RandomGenerator;

/** Half the time hides a rectangle under one grey, so that no single place decides. */
record Hiding() implements Change {
  private static final float SHARE = 0.5f;

  @Override
  public void apply(Plane image, RandomGenerator random) {
    if (random.nextFloat() >= SHARE) {
      return;
    }
    int side = image.side();
    int height = Math.round(side * (0.1f + 0.3f * random.nextFloat()));
    int width = Math.round(side * (0.1f + 0.3f * random.nextFloat()));
    image.fill(
        random.nextInt(side - height),
        random.nextInt(side - width),
        height,
        width,
        255 * random.nextFloat());
  }
}
