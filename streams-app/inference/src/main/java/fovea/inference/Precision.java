package fovea.inference;

import java.util.Locale;

/** Arithmetic of an engine. */
public enum Precision {
  FP32,
  FP16,
  BF16;

  /** As records and aggregate keys name it, e.g. {@code fp16}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The precision of a setting's word, in any case.
   *
   * @throws IllegalArgumentException naming the word if there is no such precision
   */
  public static Precision of(String word) {
    for (Precision one : values()) {
      if (one.label().equals(word.toLowerCase(Locale.ROOT))) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "inference.precision must be fp32, fp16 or bf16: '" + word + "'");
  }
}
