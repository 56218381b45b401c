package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;

/** Tells whether a graph computes in another precision than float32 anywhere. */
final class Precision {
  private Precision() {}

  static boolean narrow(GraphProto graph) {
    return graph.getInitializerList().stream().anyMatch(weight -> narrow(weight.getDataType()))
        || graph.getInputList().stream()
            .anyMatch(input -> narrow(input.getType().getTensorType().getElemType()));
  }

  private static boolean narrow(int type) {
    return type == TensorProto.DataType.FLOAT16_VALUE
        || type == TensorProto.DataType.BFLOAT16_VALUE
        || type == TensorProto.DataType.DOUBLE_VALUE;
  }
}
