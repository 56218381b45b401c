package fovea.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.Map;
import java.util.TreeMap;

/** What ONNX Runtime is told of a session. Immutable. */
final class SessionPlan {
  private final InferenceConfig config;

  SessionPlan(InferenceConfig config) {
    this.config = config;
  }

  /**
   * A session on one provider; behind TensorRT stands CUDA, behind each the CPU. The caller closes
   * it.
   *
   * @throws OrtException if the provider's libraries do not load
   */
  SessionOptions options(Provider provider, GraphFile graph) throws OrtException {
    SessionOptions options = new SessionOptions();
    boolean made = false;
    try {
      options.setIntraOpNumThreads(config.cpu().threads());
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setCPUArenaAllocator(config.cpu().arena());
      if (provider == Provider.TENSORRT) {
        addTensorRt(options, graph);
      }
      if (provider != Provider.CPU) {
        addCuda(options);
      }
      made = true;
      return options;
    } finally {
      if (!made) {
        options.close();
      }
    }
  }

  private void addTensorRt(SessionOptions options, GraphFile graph) throws OrtException {
    try (OrtTensorRTProviderOptions provider = new OrtTensorRTProviderOptions(0)) {
      for (Map.Entry<String, String> option : tensorRt(graph).entrySet()) {
        provider.add(option.getKey(), option.getValue());
      }
      options.addTensorrt(provider);
    }
  }

  private void addCuda(SessionOptions options) throws OrtException {
    try (OrtCUDAProviderOptions provider = new OrtCUDAProviderOptions(0)) {
      for (Map.Entry<String, String> option : cuda().entrySet()) {
        provider.add(option.getKey(), option.getValue());
      }
      options.addCUDA(provider);
    }
  }

  /** By ONNX Runtime's names. */
  Map<String, String> cuda() {
    Map<String, String> options = new TreeMap<>();
    // Ten bits of mantissa are not fp32, and a map's rank order shows it.
    options.put("use_tf32", "0");
    options.put("arena_extend_strategy", "kSameAsRequested");
    if (config.gpu().memoryBytes() > 0) {
      options.put("gpu_mem_limit", Long.toString(config.gpu().memoryBytes()));
    }
    return options;
  }

  /** By ONNX Runtime's names. */
  Map<String, String> tensorRt(GraphFile graph) {
    Map<String, String> options = new TreeMap<>();
    options.put("trt_fp16_enable", flag(config.precision() == Precision.FP16));
    options.put("trt_bf16_enable", flag(config.precision() == Precision.BF16));
    GpuPlan gpu = config.gpu();
    if (gpu.workspaceBytes() > 0) {
      options.put("trt_max_workspace_size", Long.toString(gpu.workspaceBytes()));
    }
    BatchProfile.of(graph, gpu).ifPresent(profile -> options.putAll(profile.options()));
    graph.sha256().ifPresent(sha256 -> options.putAll(caches(sha256, graph)));
    return options;
  }

  private Map<String, String> caches(String sha256, GraphFile graph) {
    GpuPlan gpu = config.gpu();
    String version = OrtEnvironment.getEnvironment().getVersion();
    EngineCache cache = new EngineCache(gpu.cache(), version, Nvidia.identity());
    String batches = BatchProfile.of(graph, gpu).map(BatchProfile::name).orElse("fixed");
    // The only way to tell TensorRT; the driver reads it when the process starts.
    boolean noTf32 = "0".equals(System.getenv("NVIDIA_TF32_OVERRIDE"));
    String profile = noTf32 ? batches + "-no-tf32" : batches;
    Map<String, String> options = new TreeMap<>();
    options.put("trt_engine_cache_enable", flag(gpu.engineCache()));
    options.put("trt_timing_cache_enable", flag(gpu.timingCache()));
    if (gpu.engineCache()) {
      options.put(
          "trt_engine_cache_path", cache.engines(sha256, config.precision(), profile).toString());
    }
    if (gpu.timingCache()) {
      options.put("trt_timing_cache_path", cache.timings().toString());
    }
    return options;
  }

  private static String flag(boolean on) {
    return on ? "1" : "0";
  }
}
