package fovea.inference;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/**
 * Brings the engine {@code TensorRT} to DJL, which has none any more: {@code
 * Criteria.builder().optEngine("TensorRT")}.
 *
 * <p>It runs over ONNX Runtime's TensorRT provider. DJL's former engine of this name must not be on
 * the class path beside it. Thread-safe.
 */
public final class TensorRtEngineProvider implements EngineProvider {
  @Override
  public String getEngineName() {
    return InferenceConfig.TENSOR_RT;
  }

  @Override
  public int getEngineRank() {
    return TensorRtEngine.RANK;
  }

  @Override
  public Engine getEngine() {
    return new TensorRtEngine();
  }
}
