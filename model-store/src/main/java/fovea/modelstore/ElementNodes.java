package fovea.modelstore;

import ai.onnx.proto.OnnxMl.NodeProto;
import fovea.modelstore.HeadLayer.Activation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads the nodes that work by element as one activation: a single node such as Relu, or several
 * that start at one value and meet again, such as x·sigmoid(x).
 */
final class ElementNodes {
  private static final int MAX_NODES = 64;
  private static final Set<String> PIECES =
      Set.of("Relu", "LeakyRelu", "PRelu", "Clip", "HardSigmoid", "Abs", "Neg", "Add", "Sub");
  private static final Set<String> THROUGH_ZERO = Set.of("Relu", "LeakyRelu", "PRelu", "Abs");

  private final Constants constants;
  private final UnaryOperator<String> plain;
  private final Function<String, Optional<NodeProto>> maker;

  ElementNodes(
      Constants constants,
      UnaryOperator<String> plain,
      Function<String, Optional<NodeProto>> maker) {
    this.constants = constants;
    this.plain = plain;
    this.maker = maker;
  }

  /** The activation that ends in this node; empty if it is none. */
  Optional<Activation> activation(NodeProto last, String output) {
    if (!Derivative.knows(last.getOpType())) {
      return Optional.empty();
    }
    boolean single = images(last).size() == 1;
    Map<String, NodeProto> nodes = new LinkedHashMap<>();
    Set<String> starts = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>(Set.of(output));
    collect(last, output, single, seen, nodes, starts);
    if (starts.size() != 1) {
      return Optional.empty();
    }
    List<NodeProto> inOrder = List.copyOf(nodes.values());
    Set<String> types = Set.copyOf(inOrder.stream().map(NodeProto::getOpType).distinct().toList());
    return Optional.of(
        new Activation(
            said(inOrder),
            inOrder,
            starts.iterator().next(),
            output,
            PIECES.containsAll(types),
            single && THROUGH_ZERO.containsAll(types)));
  }

  /** Puts a value's nodes after those they need; what no such node makes is a start. */
  private void collect(
      NodeProto node,
      String value,
      boolean alone,
      Set<String> seen,
      Map<String, NodeProto> nodes,
      Set<String> starts) {
    for (String input : images(node)) {
      Optional<NodeProto> before =
          maker.apply(input).filter(n -> !alone && Derivative.knows(n.getOpType()));
      if (before.isEmpty() || seen.size() > MAX_NODES) {
        starts.add(input);
      } else if (seen.add(input)) {
        collect(before.get(), input, false, seen, nodes, starts);
      }
    }
    nodes.put(value, node);
  }

  /** The inputs that images change, each once. */
  private Set<String> images(NodeProto node) {
    Set<String> out = new LinkedHashSet<>();
    for (String input : node.getInputList()) {
      if (!input.isEmpty() && constants.of(input).isEmpty()) {
        out.add(plain.apply(input));
      }
    }
    return out;
  }

  private static String said(List<NodeProto> nodes) {
    List<String> types = nodes.stream().map(NodeProto::getOpType).toList();
    if (types.equals(List.of("Sigmoid", "Mul"))) {
      return "SiLU";
    }
    if (types.contains("Erf")) {
      return "GELU";
    }
    return String.join("+", types);
  }
}
