package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A graph that gives less, and computes no more than that needs. */
public final class GraphPruning {
  private GraphPruning() {}

  /**
   * The graph with these outputs alone; nodes that none of them needs are gone, weights stay, and
   * of a graph with branches or loops all nodes.
   *
   * @throws ModelRefusedException if one is no output of the graph
   */
  public static OnnxGraph keep(OnnxGraph source, Set<String> outputs) {
    for (String name : outputs) {
      if (source.output(name).isEmpty()) {
        throw new ModelRefusedException("the graph has no output " + name);
      }
    }
    ModelProto.Builder model = source.model().toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    List<NodeProto> needed = needed(source.model().getGraph().getNodeList(), outputs);
    graph.clearOutput().clearNode().addAllNode(needed);
    source.model().getGraph().getOutputList().stream()
        .filter(output -> outputs.contains(output.getName()))
        .forEach(graph::addOutput);
    return new OnnxGraph(model.build());
  }

  /** From the last to the first, as a node stands behind all that it uses. */
  private static List<NodeProto> needed(List<NodeProto> nodes, Set<String> outputs) {
    if (nodes.stream().anyMatch(GraphPruning::hasInside)) {
      // What a node's own graphs use from outside is not among its inputs.
      return nodes;
    }
    Set<String> values = new HashSet<>(outputs);
    List<NodeProto> needed = new ArrayList<>();
    for (NodeProto node : nodes.reversed()) {
      if (node.getOutputList().stream().anyMatch(values::contains)) {
        values.addAll(node.getInputList());
        needed.add(node);
      }
    }
    return needed.reversed();
  }

  private static boolean hasInside(NodeProto node) {
    return node.getAttributeList().stream().anyMatch(a -> a.hasG() || a.getGraphsCount() > 0);
  }
}
