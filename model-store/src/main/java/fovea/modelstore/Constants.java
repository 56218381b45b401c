package fovea.modelstore;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The values of a graph that no image changes: weights, and what is only moved or cast of them.
 *
 * <p>Decoded when asked for; nothing is kept. Thread-safe.
 */
final class Constants {
  private static final int MAX_STEPS = 16;

  private final Map<String, TensorProto> weights = new HashMap<>();
  private final Map<String, NodeProto> makers = new HashMap<>();

  Constants(GraphProto graph) {
    graph.getInitializerList().forEach(weight -> weights.put(weight.getName(), weight));
    graph.getNodeList().forEach(node -> node.getOutputList().forEach(o -> makers.put(o, node)));
  }

  /** Numbers of a shape, row-major; nobody changes the array. */
  @SuppressWarnings("ArrayRecordComponent")
  record Constant(List<Long> shape, double[] values) {
    /** The same numbers, {@code [b,a]} for {@code [a,b]}. */
    Constant transposed() {
      int rows = shape.get(0).intValue();
      int columns = shape.get(1).intValue();
      double[] out = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        out[i % columns * rows + i / columns] = values[i];
      }
      return new Constant(List.of((long) columns, (long) rows), out);
    }
  }

  /** The constant of this name; empty if images change it, or it is none that can be read. */
  Optional<Constant> of(String name) {
    return of(name, MAX_STEPS);
  }

  private Optional<Constant> of(String name, int steps) {
    if (name.isEmpty() || steps == 0) {
      return Optional.empty();
    }
    TensorProto weight = weights.get(name);
    if (weight != null) {
      return constant(weight);
    }
    return Optional.ofNullable(makers.get(name)).flatMap(node -> made(node, steps));
  }

  private Optional<Constant> made(NodeProto node, int steps) {
    return switch (node.getOpType()) {
      case "Constant" -> node.getAttributeList().stream().findFirst().flatMap(Constants::constant);
      case "Identity", "Cast" -> input(node, steps);
      case "Transpose" ->
          input(node, steps).filter(c -> c.shape().size() == 2).map(Constant::transposed);
      // Only vectors and scalars gain extents of 1 here; their numbers stay in order.
      case "Unsqueeze", "Squeeze", "Flatten" ->
          input(node, steps).map(c -> new Constant(List.of((long) c.values().length), c.values()));
      default -> Optional.empty();
    };
  }

  private Optional<Constant> input(NodeProto node, int steps) {
    return node.getInputList().stream().findFirst().flatMap(name -> of(name, steps - 1));
  }

  private static Optional<Constant> constant(AttributeProto attribute) {
    return switch (attribute.getName()) {
      case "value" -> constant(attribute.getT());
      case "value_float" -> Optional.of(new Constant(List.of(), new double[] {attribute.getF()}));
      case "value_int" -> Optional.of(new Constant(List.of(), new double[] {attribute.getI()}));
      case "value_floats" ->
          vector(attribute.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray());
      case "value_ints" ->
          vector(attribute.getIntsList().stream().mapToDouble(Long::doubleValue).toArray());
      default -> Optional.empty();
    };
  }

  private static Optional<Constant> vector(double[] values) {
    return Optional.of(new Constant(List.of((long) values.length), values));
  }

  /** The numbers of a tensor; empty where it has none, or of a type that is not read. */
  static Optional<Constant> constant(TensorProto tensor) {
    Weights.check(tensor);
    double[] values =
        switch (tensor.getDataType()) {
          case TensorProto.DataType.FLOAT_VALUE -> floats(tensor);
          case TensorProto.DataType.FLOAT16_VALUE -> halves(tensor);
          case TensorProto.DataType.DOUBLE_VALUE -> doubles(tensor);
          case TensorProto.DataType.INT64_VALUE -> longs(tensor);
          default -> new double[0];
        };
    return values.length == 0
        ? Optional.empty()
        : Optional.of(new Constant(tensor.getDimsList(), values));
  }

  private static double[] floats(TensorProto tensor) {
    if (tensor.getFloatDataCount() > 0) {
      return tensor.getFloatDataList().stream().mapToDouble(Float::doubleValue).toArray();
    }
    var raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, raw.remaining() / 4).mapToDouble(i -> raw.getFloat(4 * i)).toArray();
  }

  private static double[] halves(TensorProto tensor) {
    if (tensor.getInt32DataCount() > 0) {
      return tensor.getInt32DataList().stream()
          .mapToDouble(bits -> Float.float16ToFloat(bits.shortValue()))
          .toArray();
    }
    var raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, raw.remaining() / 2)
        .mapToDouble(i -> Float.float16ToFloat(raw.getShort(2 * i)))
        .toArray();
  }

  private static double[] doubles(TensorProto tensor) {
    if (tensor.getDoubleDataCount() > 0) {
      return tensor.getDoubleDataList().stream().mapToDouble(Double::doubleValue).toArray();
    }
    var raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, raw.remaining() / 8).mapToDouble(i -> raw.getDouble(8 * i)).toArray();
  }

  private static double[] longs(TensorProto tensor) {
    if (tensor.getInt64DataCount() > 0) {
      return tensor.getInt64DataList().stream().mapToDouble(Long::doubleValue).toArray();
    }
    var raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, raw.remaining() / 8).mapToDouble(i -> raw.getLong(8 * i)).toArray();
  }
}
