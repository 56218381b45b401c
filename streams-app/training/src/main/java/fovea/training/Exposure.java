package fovea.training;

import java.util.random.RandomGenerator;

/** Gamma, contrast and brightness: what differs between machines, and gives a class away. */
record Exposure() implements Change {
  private static final int LEVELS = 256;

  @Override
  public void apply(Plane image, RandomGenerator random) {
    double gamma = Math.exp(0.4 * (2 * random.nextDouble() - 1));
    double contrast = 1 + 0.25 * (2 * random.nextDouble() - 1);
    double brightness = 20 * (2 * random.nextDouble() - 1);
    double mean = image.mean();
    float[] table = new float[LEVELS];
    for (int v = 0; v < LEVELS; v++) {
      double curved = 255 * Math.pow(v / 255.0, gamma);
      table[v] = (float) Math.clamp((curved - mean) * contrast + mean + brightness, 0, 255);
    }
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = table[Math.clamp(Math.round(samples[i]), 0, LEVELS - 1)];
    }
  }
}
