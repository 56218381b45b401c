package fovea.core.phantom;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Independent generators for the parts of one phantom, each found without the others. */
record Seeds(long seed) {
  private static final String ALGORITHM = "L64X128MixRandom";
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** What a generator is for: parts never share one. */
  enum Part {
    SUBJECT(1),
    EYE(2),
    LESION(3),
    IMAGE(4);

    private final long salt;

    Part(long salt) {
      this.salt = salt;
    }
  }

  RandomGenerator generator(Part part, long number) {
    long mixed = mix(mix(seed + GOLDEN * part.salt) ^ mix(number * GOLDEN));
    return RandomGeneratorFactory.of(ALGORITHM).create(mixed);
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
