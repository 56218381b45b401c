package fovea.training;

import java.nio.FloatBuffer;
import java.util.HashSet;
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
  private final String subject;

  /**
   * @param labels indices of the labels that are present
   * @param fold 0..9, by which subjects are divided into training, validation and test
   */
  Example(byte[] samples, Set<Integer> labels, int fold) {
    this(samples, labels, fold, "");
  }

  /**
   * @param subject whose image it is
   */
  Example(byte[] samples, Set<Integer> labels, int fold, String subject) {
    this.samples = samples;
    this.labels = Set.copyOf(labels);
    this.fold = fold;
    this.subject = subject;
  }

  /** The same, with one label more: present where any of those before it is. */
  Example diagnosed(int label) {
    Set<Integer> with = new HashSet<>(labels);
    if (labels.stream().anyMatch(l -> l < label)) {
      with.add(label);
    }
    return new Example(samples, with, fold, subject);
  }

  /** Empty where nobody said it. */
  String subject() {
    return subject;
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
