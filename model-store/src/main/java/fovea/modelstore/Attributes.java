package fovea.modelstore;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;

/** A node's attributes by name, with what holds where they are absent. */
final class Attributes {
  private Attributes() {}

  static long whole(NodeProto node, String name, long absent) {
    return find(node, name).map(AttributeProto::getI).orElse(absent);
  }

  static double number(NodeProto node, String name, double absent) {
    return find(node, name).map(a -> (double) a.getF()).orElse(absent);
  }

  static List<Long> wholes(NodeProto node, String name) {
    return find(node, name).map(AttributeProto::getIntsList).orElse(List.of());
  }

  static String text(NodeProto node, String name, String absent) {
    return find(node, name).map(a -> a.getS().toStringUtf8()).orElse(absent);
  }

  private static Optional<AttributeProto> find(NodeProto node, String name) {
    return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
  }
}
