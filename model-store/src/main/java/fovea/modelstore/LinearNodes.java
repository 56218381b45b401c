package fovea.modelstore;

import ai.onnx.proto.OnnxMl.NodeProto;
import fovea.modelstore.Constants.Constant;
import fovea.modelstore.HeadLayer.Dense;
import fovea.modelstore.HeadLayer.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the linear nodes of a head: Gemm, MatMul, 1×1 Conv, batch norm, sums and products. */
final class LinearNodes {
  private static final double BATCH_NORM_EPSILON = 1e-5;

  private final Constants constants;

  LinearNodes(Constants constants) {
    this.constants = constants;
  }

  /** A layer, and the value that it is applied to. */
  record Read(HeadLayer layer, String input) {}

  /** The layer that a node is; empty if it is no linear one. */
  Optional<Read> read(NodeProto node) {
    return switch (node.getOpType()) {
      case "Gemm" -> gemm(node);
      case "MatMul" -> matMul(node);
      case "Conv" -> conv(node);
      case "BatchNormalization" -> batchNorm(node);
      case "Add", "Sub", "Mul", "Div" -> withConstant(node);
      case "Neg" -> Optional.of(scale("Neg", node.getInput(0), vector(-1), vector(0)));
      default -> Optional.empty();
    };
  }

  private Optional<Read> gemm(NodeProto node) {
    if (node.getInputCount() < 2 || Attributes.whole(node, "transA", 0) != 0) {
      return Optional.empty();
    }
    boolean rows = Attributes.whole(node, "transB", 0) != 0;
    double alpha = Attributes.number(node, "alpha", 1);
    double beta = Attributes.number(node, "beta", 1);
    return matrix(node.getInput(1))
        .map(b -> rows ? b : b.transposed())
        .flatMap(w -> bias(node, w).map(c -> dense(node, w, times(w.values(), alpha), c, beta)));
  }

  private Optional<Read> matMul(NodeProto node) {
    if (node.getInputCount() != 2) {
      return Optional.empty();
    }
    return matrix(node.getInput(1))
        .map(Constant::transposed)
        .map(w -> dense(node, w, w.values(), new double[] {0}, 1));
  }

  /** On pooled features a 1×1 convolution is a matrix. */
  private Optional<Read> conv(NodeProto node) {
    if (node.getInputCount() < 2 || Attributes.whole(node, "group", 1) != 1) {
      return Optional.empty();
    }
    boolean padded = Attributes.wholes(node, "pads").stream().anyMatch(pad -> pad != 0);
    return constants
        .of(node.getInput(1))
        .filter(w -> w.shape().size() == 4 && w.shape().get(2) == 1 && w.shape().get(3) == 1)
        .filter(w -> !padded)
        .map(w -> new Constant(w.shape().subList(0, 2), w.values()))
        .flatMap(w -> bias(node, w).map(c -> dense(node, w, w.values(), c, 1)));
  }

  private Optional<Constant> matrix(String name) {
    return constants.of(name).filter(c -> c.shape().size() == 2);
  }

  /** The third input: absent is 0, and one that is not constant makes the layer unreadable. */
  private Optional<double[]> bias(NodeProto node, Constant weights) {
    if (node.getInputCount() < 3 || node.getInput(2).isEmpty()) {
      return Optional.of(new double[] {0});
    }
    long outputs = weights.shape().getFirst();
    return constants
        .of(node.getInput(2))
        .map(Constant::values)
        .filter(values -> values.length == 1 || values.length == outputs);
  }

  private static Read dense(
      NodeProto node, Constant w, double[] weights, double[] bias, double beta) {
    int outputs = w.shape().get(0).intValue();
    int inputs = w.shape().get(1).intValue();
    double[] all = new double[outputs];
    Arrays.setAll(all, i -> beta * (bias.length == 1 ? bias[0] : bias[i]));
    String said = "%s %d→%d".formatted(node.getOpType(), inputs, outputs);
    return new Read(new Dense(said, outputs, inputs, weights, all), node.getInput(0));
  }

  private Optional<Read> batchNorm(NodeProto node) {
    List<Constant> given =
        node.getInputList().stream().skip(1).flatMap(name -> constants.of(name).stream()).toList();
    boolean training = Attributes.whole(node, "training_mode", 0) != 0;
    if (training || given.size() != 4 || node.getInputCount() != 5) {
      return Optional.empty();
    }
    double epsilon = Attributes.number(node, "epsilon", BATCH_NORM_EPSILON);
    int size = given.getFirst().values().length;
    if (given.stream().anyMatch(c -> c.values().length != size)) {
      return Optional.empty();
    }
    double[] factor = new double[size];
    double[] shift = new double[size];
    for (int i = 0; i < size; i++) {
      factor[i] = given.get(0).values()[i] / Math.sqrt(given.get(3).values()[i] + epsilon);
      shift[i] = given.get(1).values()[i] - given.get(2).values()[i] * factor[i];
    }
    return Optional.of(scale("BatchNormalization", node.getInput(0), factor, shift));
  }

  private Optional<Read> withConstant(NodeProto node) {
    if (node.getInputCount() != 2) {
      return Optional.empty();
    }
    Optional<double[]> left = constants.of(node.getInput(0)).map(Constant::values);
    Optional<double[]> right = constants.of(node.getInput(1)).map(Constant::values);
    if (left.isPresent() == right.isPresent()) {
      return Optional.empty();
    }
    double[] c = left.or(() -> right).orElseThrow();
    String x = node.getInput(left.isPresent() ? 1 : 0);
    String said = node.getOpType();
    return switch (said) {
      case "Add" -> Optional.of(scale(said, x, vector(1), c));
      case "Mul" -> Optional.of(scale(said, x, c, vector(0)));
      case "Sub" ->
          Optional.of(
              left.isPresent()
                  ? scale(said, x, vector(-1), c)
                  : scale(said, x, vector(1), times(c, -1)));
      default ->
          left.isPresent() ? Optional.empty() : Optional.of(scale(said, x, inverse(c), vector(0)));
    };
  }

  private static Read scale(String said, String input, double[] factor, double[] shift) {
    return new Read(new Scale(said, factor, shift), input);
  }

  private static double[] vector(double value) {
    return new double[] {value};
  }

  private static double[] times(double[] values, double by) {
    return by == 1 ? values : Arrays.stream(values).map(value -> value * by).toArray();
  }

  private static double[] inverse(double[] values) {
    return Arrays.stream(values).map(value -> 1 / value).toArray();
  }
}
