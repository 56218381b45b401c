package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Removes the nodes and weights that no output needs. */
final class Unused {
  /** From it on, weights need not be listed as inputs. */
  private static final long WEIGHTS_ARE_NO_INPUTS = 4;

  private Unused() {}

  static void remove(GraphEdit edit) {
    GraphProto.Builder graph = edit.graph();
    Map<String, NodeProto> makers = new HashMap<>();
    graph.getNodeList().forEach(node -> node.getOutputList().forEach(o -> makers.put(o, node)));
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    graph.getOutputList().forEach(output -> open.add(output.getName()));
    while (!open.isEmpty()) {
      String value = open.remove();
      NodeProto maker = makers.get(value);
      if (needed.add(value) && maker != null) {
        reads(maker, open);
      }
    }
    keep(edit, needed);
  }

  private static void keep(GraphEdit edit, Set<String> needed) {
    GraphProto.Builder graph = edit.graph();
    List<NodeProto> nodes =
        graph.getNodeList().stream()
            .filter(node -> node.getOutputList().stream().anyMatch(needed::contains))
            .toList();
    graph.clearNode().addAllNode(nodes);
    Set<String> weights = new HashSet<>();
    graph.getInitializerList().forEach(weight -> weights.add(weight.getName()));
    List<TensorProto> kept =
        graph.getInitializerList().stream().filter(w -> needed.contains(w.getName())).toList();
    graph.clearInitializer().addAllInitializer(kept);
    var inputs =
        graph.getInputList().stream().filter(input -> !weights.contains(input.getName())).toList();
    graph.clearInput().addAllInput(inputs);
    ModelProto.Builder model = edit.model();
    model.setIrVersion(Math.max(WEIGHTS_ARE_NO_INPUTS, model.getIrVersion()));
  }

  /** What a node reads, in branches and loops too, whose bodies see the values around them. */
  private static void reads(NodeProto node, Deque<String> into) {
    into.addAll(node.getInputList());
    node.getAttributeList()
        .forEach(
            attribute -> {
              attribute.getG().getNodeList().forEach(inner -> reads(inner, into));
              attribute.getG().getOutputList().forEach(o -> into.add(o.getName()));
              attribute
                  .getGraphsList()
                  .forEach(body -> body.getNodeList().forEach(inner -> reads(inner, into)));
            });
  }
}
