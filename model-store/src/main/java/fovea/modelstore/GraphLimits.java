package fovea.modelstore;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Set;

/**
 * Refuses graphs that are small on disk and huge when they run: weights that hold less than their
 * shape says, and constants that a node blows up. What an operator makes of an image at run time is
 * not looked at.
 */
final class GraphLimits {
  private static final long MAX_MADE = 1L << 28;
  private static final Set<String> BLOW_UP = Set.of("ConstantOfShape", "Expand");

  private GraphLimits() {}

  static void check(GraphProto graph) {
    graph.getInitializerList().forEach(Weights::check);
    Constants constants = new Constants(graph);
    graph.getNodeList().forEach(node -> check(node, constants));
  }

  private static void check(NodeProto node, Constants constants) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasT()) {
        Weights.check(attribute.getT());
      }
      attribute.getTensorsList().forEach(Weights::check);
      if (attribute.hasG()) {
        check(attribute.getG());
      }
      attribute.getGraphsList().forEach(GraphLimits::check);
    }
    if (BLOW_UP.contains(node.getOpType()) && node.getInputCount() > 0) {
      constants.of(node.getInput(node.getInputCount() - 1)).ifPresent(shape -> check(node, shape));
    }
  }

  private static void check(NodeProto node, Constants.Constant shape) {
    double made = 1;
    for (double extent : shape.values()) {
      made *= Math.max(1, extent);
    }
    if (!(made <= MAX_MADE)) {
      throw new ModelRefusedException(
          "%s makes %.0f values, the limit is %d".formatted(node.getOpType(), made, MAX_MADE));
    }
  }
}
