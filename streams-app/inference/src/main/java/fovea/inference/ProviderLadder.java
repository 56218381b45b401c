package fovea.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import fovea.core.inference.EngineReport;
import fovea.modelstore.ModelRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tries a graph on one provider after the other until one runs it, and says why each before did
 * not. Thread-safe.
 */
final class ProviderLadder {
  private final InferenceConfig config;

  ProviderLadder(InferenceConfig config) {
    this.config = config;
  }

  /**
   * The graph on the first provider that takes it.
   *
   * @throws ModelRefusedException with every provider's reason, if none does or the first must
   */
  LoadedGraph load(GraphFile graph) {
    Engine engine = Engine.getEngine(InferenceConfig.ONNX_RUNTIME);
    List<String> skipped = new ArrayList<>();
    for (Provider provider : config.providers()) {
      Model model = engine.newModel("model", Device.cpu());
      try (SessionOptions options = new SessionPlan(config).options(provider, graph)) {
        model.load(graph.onnx(), null, Map.of("sessionOptions", options));
        return new LoadedGraph(model, report(provider, skipped), mostImages(provider));
      } catch (IOException | MalformedModelException | OrtException e) {
        model.close();
        skipped.add(config.providers().size() == 1 ? root(e) : provider.label() + ": " + root(e));
        if (config.required()) {
          break;
        }
      }
    }
    throw new ModelRefusedException(
        "the engine does not load the graph: " + String.join("; ", skipped));
  }

  /** An engine of TensorRT takes no batch beyond those it was fitted to. */
  private int mostImages(Provider provider) {
    return provider == Provider.TENSORRT ? config.gpu().batchMax() : Integer.MAX_VALUE;
  }

  private EngineReport report(Provider provider, List<String> skipped) {
    Precision precision = provider == Provider.TENSORRT ? config.precision() : Precision.FP32;
    List<String> reasons = new ArrayList<>(skipped);
    if (precision != config.precision()) {
      reasons.add(
          "%s: only TensorRT changes a graph's precision".formatted(config.precision().label()));
    }
    return new EngineReport(
        config.engine(), provider.label(), precision.label(), version(provider), reasons);
  }

  private static String version(Provider provider) {
    String onnx = OrtEnvironment.getEnvironment().getVersion();
    return provider == Provider.TENSORRT ? onnx + "+" + Nvidia.tensorRtVersion() : onnx;
  }

  private static String root(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? String.valueOf(failure.getMessage()) : root(cause);
  }
}
