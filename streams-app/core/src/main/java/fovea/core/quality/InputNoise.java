package fovea.core.quality;

import fovea.core.explainer.blackbox.ImageSeed;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The noise of the stability score (EvalProtoPNet): {@code clip(N(0, 0.2²), ±0.25)} on every value
 * of the normalised input, the same for an image whenever it is asked.
 */
public final class InputNoise {
  private static final double DEVIATION = 0.2;
  private static final double CLIP = 0.25;
  private static final String PURPOSE = "stability";

  private InputNoise() {}

  /**
   * Writes the noisy tensor; both positions stay.
   *
   * @param tensor the normalised input, all that remains in the buffer
   * @param into at least as much room; may be the same buffer
   */
  public static void add(String imageId, FloatBuffer tensor, FloatBuffer into) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(ImageSeed.of(PURPOSE, imageId));
    for (int i = 0; i < tensor.remaining(); i++) {
      double noise = Math.clamp(DEVIATION * random.nextGaussian(), -CLIP, CLIP);
      into.put(into.position() + i, (float) (tensor.get(tensor.position() + i) + noise));
    }
  }
}
