package fovea.app.config;

import fovea.app.config.FoveaConfig.Inference;
import fovea.inference.GpuPlan;
import fovea.inference.InferenceConfig;
import fovea.inference.InferenceConfig.CpuPlan;
import fovea.inference.Precision;
import fovea.inference.Provider;
import fovea.streams.application.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads what begins with {@code inference.}. */
final class InferenceSettings {
  /** One batch runs while the next is on its way to the GPU. */
  private static final int GPU_WORKERS = 2;

  private InferenceSettings() {}

  /**
   * All of it.
   *
   * @throws ConfigException if a value cannot be used, or two do not go together
   */
  static Inference read(Settings s) {
    Duration timeout = s.duration("inference.timeout");
    if (timeout.compareTo(StreamsSettings.TRANSACTION_TIMEOUT) >= 0) {
      throw new ConfigException(
          "inference.timeout must be below the transactions' %s, but is %s"
              .formatted(StreamsSettings.TRANSACTION_TIMEOUT, timeout));
    }
    int batchMax = (int) s.number("inference.batch.max", 1, 4096);
    InferenceConfig engines = engines(s, batchMax);
    return new Inference(
        timeout,
        batchMax,
        s.durationOrZero("inference.batch.linger"),
        workers(s, engines),
        engines,
        (int) s.number("inference.parity.every", 0, Integer.MAX_VALUE));
  }

  private static int workers(Settings s, InferenceConfig engines) {
    int workers = (int) s.number("inference.workers", 0, 1024);
    boolean cpu = engines.providers().getFirst() == Provider.CPU;
    int standard = cpu ? Runtime.getRuntime().availableProcessors() : GPU_WORKERS;
    return workers == 0 ? standard : workers;
  }

  private static InferenceConfig engines(Settings s, int batchMax) {
    String engine = s.text("inference.engine");
    List<String> providers = s.list("inference.providers");
    try {
      return new InferenceConfig(
          engine,
          providers.isEmpty()
              ? InferenceConfig.providersOf(engine)
              : providers.stream().map(Provider::of).toList(),
          s.flag("inference.required"),
          Precision.of(s.text("inference.precision")),
          new CpuPlan((int) s.number("inference.threads", 1, 64), s.flag("inference.arena")),
          gpu(s, batchMax));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static GpuPlan gpu(Settings s, int batchMax) {
    return new GpuPlan(
        Path.of(s.text("inference.trt.cache")),
        s.flag("inference.trt.engine.cache"),
        s.flag("inference.trt.timing.cache"),
        batchMax,
        s.number("inference.gpu.memory.bytes", 0, 1L << 40),
        s.number("inference.trt.workspace.bytes", 0, 1L << 40));
  }
}
