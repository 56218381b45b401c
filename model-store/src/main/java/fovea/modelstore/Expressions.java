package fovea.modelstore;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Locale;

/** Writes arithmetic by element into a graph; each method gives the name of what it made. */
final class Expressions {
  private final GraphEdit edit;

  Expressions(GraphEdit edit) {
    this.edit = edit;
  }

  String node(String type, String... inputs) {
    return edit.node(type, "fovea_" + type.toLowerCase(Locale.ROOT), inputs);
  }

  String add(String a, String b) {
    return node("Add", a, b);
  }

  String sub(String a, String b) {
    return node("Sub", a, b);
  }

  String mul(String a, String b) {
    return node("Mul", a, b);
  }

  String div(String a, String b) {
    return node("Div", a, b);
  }

  /** 1 where x is greater than 0, else 0. */
  String step(String x) {
    String greater = node("Greater", x, number(0));
    return edit.node(
        OnnxGraphBuilder.integer("to", TensorProto.DataType.FLOAT_VALUE),
        "Cast",
        "fovea_step",
        greater);
  }

  String number(double value) {
    return numbers(new double[] {value});
  }

  String numbers(double[] values) {
    return edit.floats("fovea_number", values, values.length);
  }
}
