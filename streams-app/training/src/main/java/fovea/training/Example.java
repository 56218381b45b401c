package fovea.training;

import fovea.core.phantom.Lesion;
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
  private final Set<Lesion> lesions;
  private final String subject;

  Example(byte[] samples, Set<Lesion> lesions, String subject) {
    this.samples = samples;
    this.lesions = Set.copyOf(lesions);
    this.subject = subject;
  }

  boolean shows(Lesion lesion) {
    return lesions.contains(lesion);
  }

  /** A number 0..9 by which subjects are divided into training, validation and test. */
  int fold() {
    return Math.floorMod(subject.hashCode(), 10);
  }

  /** One sample of the tensor. */
  float at(int index) {
    return (samples[index] & 0xff) / STD;
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
