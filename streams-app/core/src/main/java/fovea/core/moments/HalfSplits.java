package fovea.core.moments;

/**
 * Nineteen ways to split 20 folds into halves of ten that favour no pair: any two folds are apart
 * in ten of them.
 *
 * <p>They are the rows of a Hadamard matrix of order 20: the cyclic shifts of the quadratic
 * residues modulo 19, and one fold that is always in the second half (R. L. Plackett and J. P.
 * Burman, Biometrika 33, 1946; as half-samples: P. J. McCarthy, 1969).
 */
final class HalfSplits {
  static final int COUNT = 19;

  /** Bit i stands where i is 0 or a square modulo 19. */
  private static final int RESIDUES = residues();

  private HalfSplits() {}

  /** Whether {@code fold} is in the first half. */
  static boolean first(int split, int fold) {
    return fold < COUNT && (RESIDUES >>> (fold + split) % COUNT & 1) == 1;
  }

  private static int residues() {
    int bits = 1;
    for (int i = 1; i < COUNT; i++) {
      bits |= 1 << i * i % COUNT;
    }
    return bits;
  }
}
