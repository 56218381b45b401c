package fovea.training;

import java.util.random.RandomGenerator;

/** Blur, noise and JPEG, each sometimes: how sharp an image is must not decide. */
record Sharpness() implements Change {
  private static final int REACH = 3;

  @Override
  public void apply(Plane image, RandomGenerator random) {
    if (random.nextFloat() < 0.35) {
      blur(image, 0.4 + 1.2 * random.nextDouble());
    }
    if (random.nextFloat() < 0.35) {
      noise(image, 8 * random.nextFloat(), random);
    }
    if (random.nextFloat() < 0.25) {
      Compression.apply(image, 0.3f + 0.6f * random.nextFloat());
    }
  }

  private static void blur(Plane image, double sigma) {
    float[] weights = new float[2 * REACH + 1];
    double sum = 0;
    for (int i = -REACH; i <= REACH; i++) {
      weights[i + REACH] = (float) Math.exp(-i * i / (2 * sigma * sigma));
      sum += weights[i + REACH];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= (float) sum;
    }
    pass(image, weights, 0, 1);
    pass(image, weights, 1, 0);
  }

  /** A weighted sum over neighbours along one direction; the edge is repeated. */
  private static void pass(Plane image, float[] weights, int dy, int dx) {
    int side = image.side();
    float[] from = image.samples();
    float[] out = new float[from.length];
    for (int i = -REACH; i <= REACH; i++) {
      float weight = weights[i + REACH];
      for (int y = 0; y < side; y++) {
        int row = Math.clamp(y + i * dy, 0, side - 1) * side;
        for (int x = 0; x < side; x++) {
          out[y * side + x] += weight * from[row + Math.clamp(x + i * dx, 0, side - 1)];
        }
      }
    }
    image.replace(out);
  }

  private static void noise(Plane image, float sigma, RandomGenerator random) {
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.clamp(samples[i] + sigma * (float) random.nextGaussian(), 0, 255);
    }
  }
}
