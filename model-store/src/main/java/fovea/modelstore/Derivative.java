package fovea.modelstore;

import ai.onnx.proto.OnnxMl.NodeProto;
import fovea.modelstore.Constants.Constant;
import fovea.modelstore.HeadLayer.Activation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Writes an activation and its derivative into a graph, as plain forward nodes by the chain rule:
 * no engine needs gradients for it. Thread-confined.
 */
final class Derivative {
  private static final Set<String> KNOWN =
      Set.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Clip",
          "HardSigmoid",
          "HardSwish",
          "Sigmoid",
          "Tanh",
          "Elu",
          "Selu",
          "Softplus",
          "Softsign",
          "Erf",
          "Exp",
          "Gelu",
          "Mish",
          "Abs",
          "Neg",
          "Pow",
          "Add",
          "Sub",
          "Mul",
          "Div");

  private final Expressions write;
  private final Constants constants;
  private final UnaryOperator<String> plain;
  private final Map<String, Dual> known = new HashMap<>();

  Derivative(GraphEdit edit, UnaryOperator<String> plain) {
    this.write = new Expressions(edit);
    this.constants = new Constants(edit.source().model().getGraph());
    this.plain = plain;
  }

  /** A value and its derivative by the activation's input, both N×H. */
  record Dual(String value, String slope) {}

  static boolean knows(String type) {
    return KNOWN.contains(type);
  }

  /** Writes the activation of {@code x}, which is N×H. */
  Dual of(Activation activation, String x) {
    known.clear();
    known.put(activation.input(), new Dual(x, write.number(1)));
    Dual last = new Dual(x, write.number(1));
    for (NodeProto node : activation.nodes()) {
      last = write(node);
      known.put(node.getOutput(0), last);
    }
    return last;
  }

  private Dual write(NodeProto node) {
    List<String> inputs = node.getInputList();
    Optional<Dual> right =
        inputs.size() > 1 && !inputs.get(1).isEmpty()
            ? Optional.of(dual(inputs.get(1)))
            : Optional.empty();
    return switch (node.getOpType()) {
      case "Add", "Sub", "Mul", "Div" ->
          binary(node.getOpType(), dual(inputs.get(0)), right.orElseThrow(() -> short2(node)));
      case "Clip" -> chain(dual(inputs.getFirst()), clip(node, dual(inputs.getFirst()).value()));
      case "PRelu", "Pow" -> {
        String by = right.orElseThrow(() -> short2(node)).value();
        String x = dual(inputs.getFirst()).value();
        yield chain(
            dual(inputs.getFirst()), node.getOpType().equals("Pow") ? pow(x, by) : prelu(x, by));
      }
      default -> chain(dual(inputs.getFirst()), unary(node, dual(inputs.getFirst()).value()));
    };
  }

  private static OpaqueHeadException short2(NodeProto node) {
    return new OpaqueHeadException(node.getOpType() + " has fewer than two inputs");
  }

  /** A constant has no slope. */
  private Dual dual(String name) {
    Optional<Constant> constant = constants.of(name);
    if (constant.isPresent()) {
      double[] values = constant.get().values();
      return new Dual(write.numbers(values), write.number(0));
    }
    Dual dual = known.get(plain.apply(name));
    if (dual == null) {
      throw new OpaqueHeadException("the head uses '" + name + "' before it is made");
    }
    return dual;
  }

  private Dual chain(Dual inner, Dual outer) {
    return new Dual(outer.value(), write.mul(outer.slope(), inner.slope()));
  }

  private Dual binary(String type, Dual a, Dual b) {
    return switch (type) {
      case "Add" -> new Dual(write.add(a.value(), b.value()), write.add(a.slope(), b.slope()));
      case "Sub" -> new Dual(write.sub(a.value(), b.value()), write.sub(a.slope(), b.slope()));
      case "Mul" ->
          new Dual(
              write.mul(a.value(), b.value()),
              write.add(write.mul(a.slope(), b.value()), write.mul(a.value(), b.slope())));
      default -> {
        String value = write.div(a.value(), b.value());
        String top = write.sub(a.slope(), write.mul(value, b.slope()));
        yield new Dual(value, write.div(top, b.value()));
      }
    };
  }

  private Dual unary(NodeProto node, String x) {
    return switch (node.getOpType()) {
      case "Relu" -> new Dual(write.node("Relu", x), write.step(x));
      case "LeakyRelu" -> prelu(x, write.number(Attributes.number(node, "alpha", 0.01)));
      case "Abs" -> new Dual(write.node("Abs", x), write.node("Sign", x));
      case "Neg" -> new Dual(write.node("Neg", x), write.number(-1));
      case "HardSigmoid" ->
          hardSigmoid(
              x, Attributes.number(node, "alpha", 0.2), Attributes.number(node, "beta", 0.5));
      case "HardSwish" -> times(x, hardSigmoid(x, 1.0 / 6, 0.5));
      case "Sigmoid" -> sigmoid(x);
      case "Tanh" -> tanh(x);
      case "Softplus" -> new Dual(write.node("Softplus", x), write.node("Sigmoid", x));
      case "Mish" -> mish(x);
      case "Exp" -> same(write.node("Exp", x));
      case "Erf" -> erf(x);
      case "Elu" -> elu(x, Attributes.number(node, "alpha", 1), 1);
      case "Selu" ->
          elu(
              x,
              Attributes.number(node, "alpha", 1.6732632423543772),
              Attributes.number(node, "gamma", 1.0507009873554805));
      case "Softsign" -> softsign(x);
      case "Gelu" ->
          Attributes.text(node, "approximate", "none").equals("tanh") ? geluTanh(x) : gelu(x);
      default -> throw new IllegalStateException("no derivative of " + node.getOpType());
    };
  }

  private static Dual same(String y) {
    return new Dual(y, y);
  }

  /** Slope a left of 0. */
  private Dual prelu(String x, String a) {
    String step = write.step(x);
    String slope = write.add(step, write.mul(a, write.sub(write.number(1), step)));
    return new Dual(write.mul(slope, x), slope);
  }

  private Dual clip(NodeProto node, String x) {
    String low = write.number(bound(node, 1, "min", -Float.MAX_VALUE));
    String high = write.number(bound(node, 2, "max", Float.MAX_VALUE));
    String value = write.node("Min", write.node("Max", x, low), high);
    String slope = write.mul(write.step(write.sub(x, low)), write.step(write.sub(high, x)));
    return new Dual(value, slope);
  }

  /** Until opset 10 an attribute, then an input. */
  private double bound(NodeProto node, int input, String attribute, double absent) {
    if (node.getInputCount() <= input || node.getInput(input).isEmpty()) {
      return Attributes.number(node, attribute, absent);
    }
    return constants
        .of(node.getInput(input))
        .filter(c -> c.values().length == 1)
        .map(c -> c.values()[0])
        .orElseThrow(() -> new OpaqueHeadException("the bounds of a Clip are not constant"));
  }

  private Dual pow(String x, String by) {
    String less = write.node("Pow", x, write.sub(by, write.number(1)));
    return new Dual(write.node("Pow", x, by), write.mul(by, less));
  }

  private Dual hardSigmoid(String x, double alpha, double beta) {
    String line = write.add(write.mul(write.number(alpha), x), write.number(beta));
    String one = write.number(1);
    String inside = write.mul(write.step(line), write.step(write.sub(one, line)));
    String value = write.node("Min", write.node("Max", line, write.number(0)), one);
    return new Dual(value, write.mul(write.number(alpha), inside));
  }

  private Dual sigmoid(String x) {
    String y = write.node("Sigmoid", x);
    return new Dual(y, write.mul(y, write.sub(write.number(1), y)));
  }

  private Dual tanh(String x) {
    String y = write.node("Tanh", x);
    return new Dual(y, write.sub(write.number(1), write.mul(y, y)));
  }

  /** x·f(x). */
  private Dual times(String x, Dual f) {
    return new Dual(write.mul(x, f.value()), write.add(f.value(), write.mul(x, f.slope())));
  }

  private Dual mish(String x) {
    Dual t = tanh(write.node("Softplus", x));
    return times(x, new Dual(t.value(), write.mul(t.slope(), write.node("Sigmoid", x))));
  }

  private Dual erf(String x) {
    String bell = write.node("Exp", write.node("Neg", write.mul(x, x)));
    String slope = write.mul(write.number(2 / Math.sqrt(Math.PI)), bell);
    return new Dual(write.node("Erf", x), slope);
  }

  private Dual elu(String x, double alpha, double gamma) {
    String step = write.step(x);
    // Right of 0 the exponential is not used, and must not overflow.
    String left = write.node("Exp", write.node("Min", x, write.number(0)));
    String rest = write.sub(write.number(1), step);
    String curve =
        write.mul(write.number(alpha), write.mul(rest, write.sub(left, write.number(1))));
    String value = write.add(write.mul(step, x), curve);
    String slope = write.add(step, write.mul(write.number(alpha), write.mul(rest, left)));
    String by = write.number(gamma);
    return new Dual(write.mul(by, value), write.mul(by, slope));
  }

  private Dual softsign(String x) {
    String below = write.add(write.number(1), write.node("Abs", x));
    return new Dual(write.div(x, below), write.div(write.number(1), write.mul(below, below)));
  }

  private Dual gelu(String x) {
    Dual e = erf(write.mul(write.number(Math.sqrt(0.5)), x));
    String half = write.number(0.5);
    String share = write.mul(half, write.add(write.number(1), e.value()));
    String slope = write.mul(write.number(Math.sqrt(0.125)), e.slope());
    return times(x, new Dual(share, slope));
  }

  private Dual geluTanh(String x) {
    double root = Math.sqrt(2 / Math.PI);
    String square = write.mul(x, x);
    String cubic = write.add(write.number(1), write.mul(write.number(0.044715), square));
    Dual t = tanh(write.mul(write.number(root), write.mul(x, cubic)));
    String inner =
        write.add(write.number(root), write.mul(write.number(3 * 0.044715 * root), square));
    String half = write.number(0.5);
    String share = write.mul(half, write.add(write.number(1), t.value()));
    return times(x, new Dual(share, write.mul(half, write.mul(t.slope(), inner))));
  }
}
