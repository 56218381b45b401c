package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Set;

/** Brings a graph's one image input to float32, N×C×H×W, by nodes before all others. */
final class OnnxInput {
  private static final Set<Long> CHANNELS = Set.of(1L, 3L);

  private OnnxInput() {}

  /** Whether images go in with their channels last. */
  static boolean channelsLast(OnnxGraph.Tensor input) {
    List<Long> shape = input.shape();
    return shape.size() == 4 && CHANNELS.contains(shape.get(3)) && !CHANNELS.contains(shape.get(1));
  }

  /** Changes nothing where the input is as it must be. */
  static void adapt(GraphEdit edit) {
    if (edit.source().inputs().size() != 1) {
      return;
    }
    OnnxGraph.Tensor input = edit.source().inputs().getFirst();
    boolean turn = channelsLast(input);
    boolean cast = Set.of("float16", "double").contains(input.type());
    if (!turn && !cast) {
      return;
    }
    String name = edit.fresh(input.name() + "_nchw");
    String value = name;
    GraphProto.Builder graph = edit.graph();
    List<NodeProto> rest = List.copyOf(graph.getNodeList());
    graph.clearNode();
    if (turn) {
      var perm = OnnxGraphBuilder.integers("perm", List.of(0L, 2L, 3L, 1L));
      value = edit.node(perm, "Transpose", "fovea_turned", value);
    }
    if (cast) {
      int type =
          input.type().equals("double")
              ? TensorProto.DataType.DOUBLE_VALUE
              : TensorProto.DataType.FLOAT16_VALUE;
      value = edit.node(OnnxGraphBuilder.integer("to", type), "Cast", "fovea_typed", value);
    }
    String from = input.name();
    String to = value;
    rest.forEach(node -> graph.addNode(renamed(node, from, to)));
    for (int i = 0; i < graph.getInputCount(); i++) {
      if (graph.getInput(i).getName().equals(from)) {
        graph.setInput(i, declared(name, input, turn));
      }
    }
  }

  private static ValueInfoProto declared(String name, OnnxGraph.Tensor input, boolean turned) {
    List<Long> s = input.shape();
    return turned
        ? OnnxGraphBuilder.value(name, s.get(0), s.get(3), s.get(1), s.get(2))
        : OnnxGraphBuilder.value(name, s.stream().mapToLong(Long::longValue).toArray());
  }

  private static NodeProto renamed(NodeProto node, String from, String to) {
    if (!node.getInputList().contains(from)) {
      return node;
    }
    NodeProto.Builder out = node.toBuilder();
    for (int i = 0; i < out.getInputCount(); i++) {
      if (out.getInput(i).equals(from)) {
        out.setInput(i, to);
      }
    }
    return out.build();
  }
}
