package fovea.inference;

import fovea.core.inference.ImageBatch;
import fovea.modelstore.Manifest;
import java.nio.FloatBuffer;
import java.util.Random;

/**
 * Images that differ strongly from each other, the same on every machine: what a model is tried on
 * where no real image is at hand.
 */
final class SeededImages {
  private static final int WAVES = 4;
  private final Manifest.Input input;

  SeededImages(Manifest.Input input) {
    this.input = input;
  }

  /** {@code count} images: smooth waves, and every fourth one noise. */
  ImageBatch batch(int count) {
    ImageBatch batch = new ImageBatch(count, input.channels(), input.height(), input.width());
    for (int i = 0; i < count; i++) {
      Random random = new Random(1_000L + i);
      if (i % 4 == 3) {
        noise(random, batch.image(i));
      } else {
        waves(random, batch.image(i));
      }
    }
    return batch;
  }

  private void noise(Random random, FloatBuffer into) {
    for (int channel = 0; channel < input.channels(); channel++) {
      for (int i = 0; i < input.height() * input.width(); i++) {
        into.put(scaled(channel, 255 * random.nextDouble()));
      }
    }
  }

  private void waves(Random random, FloatBuffer into) {
    for (int channel = 0; channel < input.channels(); channel++) {
      double[] wave = random.doubles(3L * WAVES, -1, 1).toArray();
      double level = 60 + 135 * random.nextDouble();
      for (int y = 0; y < input.height(); y++) {
        for (int x = 0; x < input.width(); x++) {
          double at = sample(wave, (double) y / input.height(), (double) x / input.width());
          into.put(scaled(channel, Math.clamp(level + 25 * at, 0, 255)));
        }
      }
    }
  }

  private static double sample(double[] wave, double y, double x) {
    double sum = 0;
    for (int k = 0; k < WAVES; k++) {
      double phase = 20 * (wave[3 * k] * y + wave[3 * k + 1] * x) + 6 * wave[3 * k + 2];
      sum += StrictMath.cos(phase);
    }
    return sum;
  }

  private float scaled(int channel, double sample) {
    return (float) ((sample - input.mean().get(channel)) / input.std().get(channel));
  }
}
