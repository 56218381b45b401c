package fovea.modelstore;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;

/** A graph that nodes and weights are added to, under names that are free. Thread-confined. */
final class GraphEdit {
  /** Before it, operators broadcast in another way. */
  private static final long LEAST_OPSET = 7;

  private final OnnxGraph source;
  private final ModelProto.Builder model;
  private final GraphProto.Builder graph;
  private final Set<String> taken = new HashSet<>();

  GraphEdit(OnnxGraph source) {
    if (source.opset() < LEAST_OPSET) {
      throw new ModelRefusedException(
          "the graph's opset is %d, at least %d is needed".formatted(source.opset(), LEAST_OPSET));
    }
    this.source = source;
    this.model = source.model().toBuilder();
    this.graph = model.getGraphBuilder();
    graph.getNodeList().forEach(node -> taken.addAll(node.getOutputList()));
    graph.getInitializerList().forEach(weight -> taken.add(weight.getName()));
    graph.getInputList().forEach(input -> taken.add(input.getName()));
  }

  GraphProto.Builder graph() {
    return graph;
  }

  ModelProto.Builder model() {
    return model;
  }

  OnnxGraph source() {
    return source;
  }

  /** {@code wanted}, or that with a number where it is taken. */
  String fresh(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** Adds a node without attributes; gives the name of its output. */
  String node(String type, String wanted, String... inputs) {
    return add(OnnxGraphBuilder.node(type, fresh(wanted), inputs));
  }

  /** Adds a node with one attribute; gives the name of its output. */
  String node(AttributeProto attribute, String type, String wanted, String... inputs) {
    return add(OnnxGraphBuilder.node(type, fresh(wanted), inputs).addAttribute(attribute));
  }

  String add(NodeProto.Builder node) {
    graph.addNode(node);
    return node.getOutput(0);
  }

  /** Adds float32 weights, row-major. */
  String floats(String wanted, double[] values, long... shape) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    String name = fresh(wanted);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addAllDims(LongStream.of(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(Floats.bytes(narrow))));
    return name;
  }

  /** Adds whole numbers: a shape, or indices. */
  String longs(String wanted, long... values) {
    String name = fresh(wanted);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length)
            .addAllInt64Data(LongStream.of(values).boxed().toList()));
    return name;
  }

  /** Gives a value as float32. */
  String asFloat(String value) {
    return node(
        OnnxGraphBuilder.integer("to", TensorProto.DataType.FLOAT_VALUE),
        "Cast",
        "fovea_float",
        value);
  }

  OnnxGraph build() {
    return new OnnxGraph(model.build());
  }
}
