package fovea.inference;

import java.util.Locale;

/** What ONNX Runtime runs a graph on. */
public enum Provider {
  /** TensorRT; what of a graph it does not take runs on CUDA, and the rest on the CPU. */
  TENSORRT("TensorRT"),
  /** CUDA; what of a graph it does not take runs on the CPU. */
  CUDA("CUDA"),
  CPU("CPU");

  private final String label;

  Provider(String label) {
    this.label = label;
  }

  /** As records, metrics and people name it. */
  public String label() {
    return label;
  }

  /**
   * The provider of a setting's word, in any case.
   *
   * @throws IllegalArgumentException naming the word if there is no such provider
   */
  public static Provider of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "tensorrt" -> TENSORRT;
      case "cuda" -> CUDA;
      case "cpu" -> CPU;
      default ->
          throw new IllegalArgumentException(
              "inference.providers must be some of tensorrt, cuda, cpu: '" + word + "'");
    };
  }
}
