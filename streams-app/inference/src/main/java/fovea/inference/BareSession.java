package fovea.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import java.util.Map;
import java.util.Set;

/**
 * A model in a session of ONNX Runtime with nothing around it, of the same options as Fovea's: what
 * the rest costs is measured beside it. Thread-safe.
 */
public final class BareSession implements AutoCloseable {
  private final OrtSession session;
  private final String input;
  private final Set<String> outputs;

  private BareSession(OrtSession session, String input, Set<String> outputs) {
    this.session = session;
    this.input = input;
    this.outputs = outputs;
  }

  /**
   * On the first of the configured providers.
   *
   * @throws ModelRefusedException if it does not load the graph
   */
  public static BareSession open(InferenceConfig config, StoredModel stored) {
    OnnxGraph graph = OnnxGraph.read(stored.read(StoredModel.ONNX));
    GraphContract contract = GraphContract.of(stored.manifest(), graph);
    new OnnxEngine(config);
    // DJL makes ONNX Runtime's environment, and fails where it exists.
    Engine.getEngine(InferenceConfig.ONNX_RUNTIME);
    Provider provider = config.providers().getFirst();
    GraphFile file = GraphFile.of(stored, contract);
    try (SessionOptions options = new SessionPlan(config).options(provider, file)) {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      return new BareSession(
          environment.createSession(stored.onnx().toString(), options),
          contract.input().name(),
          Set.copyOf(stored.manifest().outputs().values()));
    } catch (OrtException e) {
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Runs a batch and copies its outputs out, as Fovea must.
   *
   * @return how many floats came out
   * @throws InferenceException if the engine failed
   */
  public long run(ImageBatch batch) {
    long[] shape = {batch.count(), batch.channels(), batch.height(), batch.width()};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor images =
            OnnxTensor.createTensor(environment, batch.bytes().asFloatBuffer(), shape);
        OrtSession.Result result = session.run(Map.of(input, images), outputs)) {
      long floats = 0;
      for (var output : result) {
        if (output.getValue() instanceof OnnxTensor tensor) {
          floats += tensor.getFloatBuffer().capacity();
        }
      }
      return floats;
    } catch (OrtException e) {
      throw new InferenceException("the bare session failed on a batch of " + batch.count(), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new InferenceException("the bare session does not close", e);
    }
  }
}
