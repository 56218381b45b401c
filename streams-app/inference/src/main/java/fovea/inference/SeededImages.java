package fovea.inference;

import fovea.core.inference.ImageBatch;
import fovea.modelstore.Manifest;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.stream.IntStream;

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

  /** {@code count} images in one batch. */
  ImageBatch batch(int count) {
    ImageBatch batch = new ImageBatch(count, input.channels(), input.height(), input.width());
    for (int i = 0; i < count; i++) {
      fill(i, batch.image(i));
    }
    return batch;
  }

  /** {@code count} batches of one image each, made when they are asked for. */
  Iterable<ImageBatch> singles(int count) {
    return () -> IntStream.range(0, count).mapToObj(this::single).iterator();
  }

  private ImageBatch single(int index) {
    ImageBatch batch = new ImageBatch(1, input.channels(), input.height(), input.width());
    fill(index, batch.image(0));
    return batch;
  }

  /** Smooth waves, and every fourth image noise. */
  private void fill(int index, FloatBuffer into) {
    Random random = new Random(1_000L + index);
    if (index % 4 == 3) {
      noise(random, into);
    } else {
      waves(random, into);
    }
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
