package fovea.inference;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;

/** DJL's view of TensorRT: models of its own, all else ONNX Runtime's. */
final class TensorRtEngine extends Engine {
  /** After every other engine: nobody gets it who did not name it. */
  static final int RANK = 100;

  @Override
  public @Nullable Engine getAlternativeEngine() {
    return null;
  }

  @Override
  public String getEngineName() {
    return InferenceConfig.TENSOR_RT;
  }

  @Override
  public int getRank() {
    return RANK;
  }

  @Override
  public String getVersion() {
    return Nvidia.tensorRtVersion();
  }

  @Override
  public boolean hasCapability(String capability) {
    return onnx().hasCapability(capability);
  }

  @Override
  public Model newModel(String name, @Nullable Device device) {
    return new TensorRtModel(name, onnx().newBaseManager(Device.cpu()));
  }

  @Override
  public NDManager newBaseManager() {
    return newBaseManager(Device.cpu());
  }

  @Override
  public NDManager newBaseManager(Device device) {
    return onnx().newBaseManager(device);
  }

  /** First, because it makes ONNX Runtime's environment and fails where another did. */
  private static Engine onnx() {
    return Engine.getEngine(InferenceConfig.ONNX_RUNTIME);
  }
}
