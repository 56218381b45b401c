package fovea.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How models are run. Immutable.
 *
 * @param engine DJL's name of the engine: {@value #ONNX_RUNTIME} or {@value #TENSOR_RT}
 * @param providers what a model is tried on, in this order, until one runs it
 * @param required whether only the first of the providers, in the precision asked for, will do
 * @param precision arithmetic; other than fp32 only with TensorRT among the providers
 * @param cpu how the CPU is used
 * @param gpu how the GPU is used
 */
public record InferenceConfig(
    String engine,
    List<Provider> providers,
    boolean required,
    Precision precision,
    CpuPlan cpu,
    GpuPlan gpu) {
  /** ONNX Runtime as DJL brings it. */
  public static final String ONNX_RUNTIME = "OnnxRuntime";

  /** TensorRT, and where it cannot run what can. */
  public static final String TENSOR_RT = "TensorRT";

  /**
   * How the CPU is used.
   *
   * @param threads threads of one inference, 1 to 64; 1 is best where many run beside each other
   * @param arena whether native memory is kept for the next inference; without, each one asks for
   *     it anew and gives it back
   */
  public record CpuPlan(int threads, boolean arena) {
    public CpuPlan {
      if (threads < 1 || threads > 64) {
        throw new IllegalArgumentException("inference.threads must be 1..64: " + threads);
      }
    }
  }

  public InferenceConfig {
    providers = List.copyOf(providers);
    if (!ONNX_RUNTIME.equals(engine) && !TENSOR_RT.equals(engine)) {
      throw new IllegalArgumentException(
          "inference.engine must be OnnxRuntime or TensorRT: '" + engine + "'");
    }
    if (providers.isEmpty() || Set.copyOf(providers).size() != providers.size()) {
      throw new IllegalArgumentException(
          "inference.providers must be some, each once: " + providers);
    }
    if (precision != Precision.FP32 && !providers.contains(Provider.TENSORRT)) {
      throw new IllegalArgumentException(
          "inference.precision=%s needs tensorrt among inference.providers: %s"
              .formatted(precision.label(), providers));
    }
  }

  /** An engine with its own providers: the CPU; for TensorRT also what it falls back to. */
  public InferenceConfig(String engine, int threads) {
    this(
        engine,
        providersOf(engine),
        false,
        Precision.FP32,
        new CpuPlan(threads, true),
        GpuPlan.of(Path.of("fovea-data", "engines"), 1));
  }

  /** What an engine is tried on where nobody says otherwise. */
  public static List<Provider> providersOf(String engine) {
    return TENSOR_RT.equals(engine)
        ? List.of(Provider.TENSORRT, Provider.CUDA, Provider.CPU)
        : List.of(Provider.CPU);
  }

  /** ONNX Runtime on the CPU, one thread an inference. */
  public static InferenceConfig defaults() {
    return new InferenceConfig(ONNX_RUNTIME, 1);
  }

  /** What every other engine is held against: the CPU, fp32. */
  InferenceConfig reference() {
    return new InferenceConfig(ONNX_RUNTIME, List.of(Provider.CPU), true, Precision.FP32, cpu, gpu);
  }
}
