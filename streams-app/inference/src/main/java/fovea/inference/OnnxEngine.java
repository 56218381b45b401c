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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * DJL's OnnxRuntime engine, asked for by name and without a network.
 *
 * <p>DJL makes ONNX Runtime's environment itself and fails where one exists already, so this comes
 * before any other use of ONNX Runtime in the process.
 */
final class OnnxEngine {
  private final InferenceConfig config;

  OnnxEngine(InferenceConfig config) {
    this.config = config;
    // Before DJL's first class is loaded: without these it reports its start to its makers, and
    // looks for native libraries on the network.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.onnx.disable_alternative", "true");
    System.setProperty("ai.djl.default_engine", InferenceConfig.ONNX_RUNTIME);
  }

  /** The graph in a session of its own; the caller closes the model. */
  Model load(Path onnx) {
    return DeepStack.call(() -> loadHere(onnx));
  }

  private Model loadHere(Path onnx) {
    Engine engine = Engine.getEngine(config.engine());
    Model model = engine.newModel("model", Device.cpu());
    try (SessionOptions options = options()) {
      model.load(onnx, null, Map.of("sessionOptions", options));
      return model;
    } catch (IOException | MalformedModelException | OrtException e) {
      model.close();
      throw new ModelRefusedException("the engine does not load the graph: " + root(e), e);
    }
  }

  /** What runs a model that {@link #load} gave. */
  EngineReport report() {
    String version = OrtEnvironment.getEnvironment().getVersion();
    return new EngineReport(config.engine(), "CPU", "fp32", version, List.of());
  }

  private SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(config.threads());
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
    return options;
  }

  private static String root(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? String.valueOf(failure.getMessage()) : root(cause);
  }
}
