package fovea.training;

import java.util.random.RandomGenerator;

/** Crops, shifts and scales by up to a tenth of the side; what moves in repeats the edge. */
record Placing() implements Change {
  private static final float REACH = 0.1f;

  @Override
  public void apply(Plane image, RandomGenerator random) {
    int side = image.side();
    float scaleX = 1 + REACH * symmetric(random);
    float scaleY = 1 + REACH * symmetric(random);
    float shiftX = REACH * side * symmetric(random);
    float shiftY = REACH * side * symmetric(random);
    float centre = (side - 1) / 2f;
    float[] out = new float[side * side];
    for (int y = 0; y < side; y++) {
      float fromY = (y - centre) * scaleY + centre + shiftY;
      for (int x = 0; x < side; x++) {
        out[y * side + x] = bilinear(image, fromY, (x - centre) * scaleX + centre + shiftX);
      }
    }
    image.replace(out);
  }

  private static float bilinear(Plane image, float y, float x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    float down = y - top;
    float right = x - left;
    float upper = image.at(top, left) * (1 - right) + image.at(top, left + 1) * right;
    float lower = image.at(top + 1, left) * (1 - right) + image.at(top + 1, left + 1) * right;
    return upper * (1 - down) + lower * down;
  }

  private static float symmetric(RandomGenerator random) {
    return 2 * random.nextFloat() - 1;
  }
}
