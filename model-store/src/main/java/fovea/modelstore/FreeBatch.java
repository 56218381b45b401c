package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import fovea.modelstore.Constants.Constant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Opens the batch of a graph that was exported for one image.
 *
 * <p>Shapes that begin with 1 are taken to mean the batch. Whether that was so is seen when several
 * images come out as each alone: the caller tries it.
 */
public final class FreeBatch {
  private FreeBatch() {}

  /** The graph with an open batch; empty if it is open already, or there is no one input. */
  public static Optional<OnnxGraph> of(OnnxGraph source) {
    boolean fixed =
        source.inputs().size() == 1
            && source.inputs().getFirst().shape().stream().findFirst().orElse(-1L) > 0;
    if (!fixed) {
      return Optional.empty();
    }
    GraphEdit edit = new GraphEdit(source);
    GraphProto.Builder graph = edit.graph();
    graph.clearValueInfo();
    String name = source.inputs().getFirst().name();
    for (int i = 0; i < graph.getInputCount(); i++) {
      if (graph.getInput(i).getName().equals(name)) {
        graph.setInput(i, open(graph.getInput(i)));
      }
    }
    for (int i = 0; i < graph.getOutputCount(); i++) {
      graph.setOutput(i, open(graph.getOutput(i)));
    }
    Constants constants = new Constants(source.model().getGraph());
    for (int i = 0; i < graph.getNodeCount(); i++) {
      graph.setNode(i, open(graph.getNode(i), constants, edit));
    }
    return Optional.of(edit.build());
  }

  private static ValueInfoProto open(ValueInfoProto value) {
    if (value.getType().getTensorType().getShape().getDimCount() == 0) {
      return value;
    }
    ValueInfoProto.Builder out = value.toBuilder();
    out.getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .setDim(0, Dimension.newBuilder().setDimParam("N"));
    return out.build();
  }

  /** A Reshape to [1, …] becomes one to [the extent that is there, …]. */
  private static NodeProto open(NodeProto node, Constants constants, GraphEdit edit) {
    boolean reshape = node.getOpType().equals("Reshape") && node.getInputCount() == 2;
    if (!reshape || Attributes.whole(node, "allowzero", 0) != 0) {
      return node;
    }
    Optional<long[]> shape =
        constants
            .of(node.getInput(1))
            .map(Constant::values)
            .filter(values -> values.length > 1 && values[0] == 1)
            .map(values -> Arrays.stream(values).mapToLong(v -> (long) v).toArray());
    if (shape.isEmpty()) {
      return node;
    }
    shape.get()[0] = 0;
    return node.toBuilder().setInput(1, edit.longs("fovea_shape", shape.get())).build();
  }
}
