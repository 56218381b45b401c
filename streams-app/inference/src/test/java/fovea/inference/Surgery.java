package fovea.inference;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Makes of a graph what another exporter would have written. */
final class Surgery {
  private Surgery() {}

  /** The graph with one of its outputs alone. */
  static byte[] onlyOutput(byte[] graph, String name) {
    ModelProto.Builder model = parsed(graph);
    List<ValueInfoProto> kept =
        model.getGraph().getOutputList().stream().filter(o -> o.getName().equals(name)).toList();
    model.getGraphBuilder().clearOutput().addAllOutput(kept);
    return model.build().toByteArray();
  }

  /** The graph with the names of two outputs exchanged. */
  static byte[] outputsExchanged(byte[] graph, String first, String second) {
    ModelProto.Builder model = parsed(graph);
    for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
      String name = node.getOutput(0);
      if (name.equals(first) || name.equals(second)) {
        node.setOutput(0, name.equals(first) ? second : first);
      }
    }
    return model.build().toByteArray();
  }

  /** The graph exported for one image at a time. */
  static byte[] batchOfOne(byte[] graph) {
    ModelProto.Builder model = parsed(graph);
    model.getGraphBuilder().getInputBuilderList().forEach(Surgery::one);
    model.getGraphBuilder().getOutputBuilderList().forEach(Surgery::one);
    return model.build().toByteArray();
  }

  /** Every weight, the input and the outputs in half precision. */
  static byte[] halfPrecision(byte[] graph) {
    ModelProto.Builder model = parsed(graph);
    model.getGraphBuilder().getInputBuilderList().forEach(Surgery::half);
    model.getGraphBuilder().getOutputBuilderList().forEach(Surgery::half);
    model.getGraphBuilder().getInitializerBuilderList().forEach(Surgery::half);
    return model.build().toByteArray();
  }

  private static ModelProto.Builder parsed(byte[] graph) {
    try {
      return ModelProto.parseFrom(graph).toBuilder();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void one(ValueInfoProto.Builder value) {
    value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilder(0).setDimValue(1);
  }

  private static void half(ValueInfoProto.Builder value) {
    value.getTypeBuilder().getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT16_VALUE);
  }

  private static void half(TensorProto.Builder weight) {
    if (weight.getDataType() != TensorProto.DataType.FLOAT_VALUE) {
      return;
    }
    ByteBuffer wide = ByteBuffer.wrap(weight.getRawData().toByteArray());
    wide.order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer narrow = ByteBuffer.allocate(wide.capacity() / 2).order(ByteOrder.LITTLE_ENDIAN);
    while (wide.hasRemaining()) {
      narrow.putShort(Float.floatToFloat16(wide.getFloat()));
    }
    weight
        .setRawData(ByteString.copyFrom(narrow.array()))
        .setDataType(TensorProto.DataType.FLOAT16_VALUE);
  }
}
