package fovea.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import fovea.core.inference.Classifier;
import fovea.modelstore.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * DJL's engines over ONNX Runtime, asked for by name and without a network.
 *
 * <p>DJL makes ONNX Runtime's environment itself and fails where one exists already, so this comes
 * before any other use of ONNX Runtime in the process.
 */
final class OnnxEngine implements EngineRoom {
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

  @Override
  public Classifier open(GraphFile graph, GraphContract contract) {
    return new DjlClassifier(load(graph), contract);
  }

  /** A graph of which nothing is known. */
  LoadedGraph load(Path onnx) {
    return load(GraphFile.of(onnx));
  }

  private LoadedGraph load(GraphFile graph) {
    return DeepStack.call(
        () ->
            config.engine().equals(InferenceConfig.TENSOR_RT)
                ? byTensorRt(graph)
                : new ProviderLadder(config).load(graph));
  }

  private LoadedGraph byTensorRt(GraphFile graph) {
    Model model = Engine.getEngine(config.engine()).newModel("model", Device.cpu());
    if (!(model instanceof TensorRtModel ours)) {
      model.close();
      throw new ModelRefusedException(
          "another engine named TensorRT is on the class path: " + model.getClass().getName());
    }
    try {
      ours.load(graph.onnx(), null, TensorRtModel.options(config, graph));
      return ours.loaded();
    } catch (IOException | MalformedModelException e) {
      ours.close();
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    }
  }
}
