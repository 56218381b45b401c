package fovea.inference;

/**
 * How models are run.
 *
 * @param engine DJL's name of the engine: {@value #ONNX_RUNTIME}
 * @param threads threads of one inference, 1 to 64; 1 is best where many run beside each other
 */
public record InferenceConfig(String engine, int threads) {
  /** ONNX Runtime on the CPU. */
  public static final String ONNX_RUNTIME = "OnnxRuntime";

  public InferenceConfig {
    if (!ONNX_RUNTIME.equals(engine)) {
      throw new IllegalArgumentException(
          "inference.engine must be " + ONNX_RUNTIME + ": '" + engine + "'");
    }
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("inference.threads must be 1..64: " + threads);
    }
  }

  /** ONNX Runtime, one thread an inference. */
  public static InferenceConfig defaults() {
    return new InferenceConfig(ONNX_RUNTIME, 1);
  }
}
