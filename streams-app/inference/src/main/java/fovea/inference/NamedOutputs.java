package fovea.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.onnxruntime.engine.OrtNDArray;
import java.nio.FloatBuffer;

/** What one call of the engine gave, by name. Lives as long as the call. */
final class NamedOutputs {
  private final NDList values;

  NamedOutputs(NDList values) {
    this.values = values;
  }

  /** The shape that really came. */
  long[] shape(String name) {
    return value(name).getShape().getShape();
  }

  /** The floats, row-major, copied once out of native memory. */
  float[] floats(String name) {
    NDArray value = value(name);
    if (value instanceof OrtNDArray onnx) {
      // DJL's own way copies twice: to a byte buffer, and from there.
      FloatBuffer copy = onnx.getTensor().getFloatBuffer();
      if (copy == null) {
        throw new IllegalStateException("output " + name + " is not float32");
      }
      return copy.array();
    }
    return value.toFloatArray();
  }

  private NDArray value(String name) {
    NDArray value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("the engine gave no output " + name);
    }
    return value;
  }
}
