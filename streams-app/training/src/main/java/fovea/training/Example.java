package fovea.training;

import java.nio.FloatBuffer;
import java.util.Set;

/**
 * One image as the net sees it, 8 bits a sample, C×H×W on the canonical side, with its truth.
 * Immutable by agreement: the array is handed over and never written again.
 */
final class Example {
  /** The tensor is sample ÷ this: black is zero, as the padding of the convolutions. */
  static final float STD = 128;

  private final byte[] samples;
  private final Set<Integer> labels;
  private final int fold;

  /**
   * @param labels indices of the labels that are present
   * @param fold 0..9, by which subjects are divided into training, validation and test
   */
  Example(byte[] samples, Set<Integer> labels, int fold) {
    this.samples = samples;
    this.labels = Set.copyOf(labels);
    this.fold = fold;
  }

  boolean shows(int label) {
    return labels.contains(label);
  }

  int fold() {
    return fold;
  }

  /** One sample, 0..255. */
  int sample(int index) {
    return samples[index] & 0xff;
  }

  /** One sample of the tensor. */
  float at(int index) {
    return sample(index) / STD;
  }

  int size() {
    return samples.length;
  }

  void write(FloatBuffer into) {
    for (int i = 0; i < samples.length; i++) {
      into.put(at(i));
    }
  }
}
