package fovea.modelstore;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Builds an ONNX graph of float32, opset 17, node by node; every method returns the name of the
 * value it made.
 *
 * <p>Nothing is checked beyond lengths of weights: an engine that loads the graph does that.
 * Thread-confined.
 */
public final class OnnxGraphBuilder {
  private static final long OPSET = 17;
  private static final long IR_VERSION = 8;

  private final GraphProto.Builder graph;
  private final ModelProto.Builder model =
      ModelProto.newBuilder()
          .setIrVersion(IR_VERSION)
          .setProducerName("fovea")
          .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET));
  private int values;

  public OnnxGraphBuilder(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  /**
   * Square window of a convolution or pooling.
   *
   * @param kernel side
   * @param stride step
   * @param pad zeros added on each of the four sides
   */
  public record Window(int kernel, int stride, int pad) {}

  /** An input; {@link OnnxGraph#FREE} leaves an extent open. */
  public String input(String name, long... shape) {
    graph.addInput(value(name, shape));
    return name;
  }

  /** Gives a value out under {@code name}. */
  public String output(String value, String name, long... shape) {
    graph.addNode(node("Identity", name, value));
    graph.addOutput(value(name, shape));
    return name;
  }

  /** A key and value of the author, e.g. {@code fovea.contract} = {@code evidence/1}. */
  public OnnxGraphBuilder metadata(String key, String value) {
    model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    return this;
  }

  /** Weights, row-major, stored in the file. */
  public String weights(String name, float[] content, long... shape) {
    if (LongStream.of(shape).reduce(1, Math::multiplyExact) != content.length) {
      throw new IllegalArgumentException(
          "%d values of %s do not fill %s"
              .formatted(content.length, name, LongStream.of(shape).boxed().toList()));
    }
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addAllDims(LongStream.of(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(Floats.bytes(content))));
    return name;
  }

  /** Convolution with a bias; weights are O×(I÷group)×kernel×kernel. */
  public String conv(String x, String weights, String bias, Window window, int group) {
    NodeProto.Builder node = windowed(node("Conv", fresh(), x, weights, bias), window);
    return add(node.addAttribute(integer("group", group)));
  }

  /** Convolution without a bias. */
  public String conv(String x, String weights, Window window, int group) {
    NodeProto.Builder node = windowed(node("Conv", fresh(), x, weights), window);
    return add(node.addAttribute(integer("group", group)));
  }

  public String relu(String x) {
    return operation("Relu", x);
  }

  public String maxPool(String x, Window window) {
    return add(windowed(node("MaxPool", fresh(), x), window));
  }

  /** Mean of each window; padding counts as zeros that are there. */
  public String averagePool(String x, Window window) {
    NodeProto.Builder node = windowed(node("AveragePool", fresh(), x), window);
    return add(node.addAttribute(integer("count_include_pad", 1)));
  }

  /** Mean of each channel: N×C×H×W to N×C×1×1. */
  public String globalAveragePool(String x) {
    return operation("GlobalAveragePool", x);
  }

  /** N×C×H×W to N×(C·H·W). */
  public String flatten(String x) {
    return operation("Flatten", x);
  }

  /** The mean over axes, which stay as extents of 1 if {@code keep}. */
  public String reduceMean(String x, boolean keep, long... axes) {
    return add(
        node("ReduceMean", fresh(), x)
            .addAttribute(integers("axes", LongStream.of(axes).boxed().toList()))
            .addAttribute(integer("keepdims", keep ? 1 : 0)));
  }

  /** Sum, extents of 1 broadcast. */
  public String add(String a, String b) {
    return operation("Add", a, b);
  }

  /** Difference, extents of 1 broadcast. */
  public String sub(String a, String b) {
    return operation("Sub", a, b);
  }

  /** Product by element, extents of 1 broadcast. */
  public String mul(String a, String b) {
    return operation("Mul", a, b);
  }

  /** Quotient by element, extents of 1 broadcast. */
  public String div(String a, String b) {
    return operation("Div", a, b);
  }

  /** An operation that has no attributes, or whose defaults are meant. */
  public String operation(String type, String... inputs) {
    return add(node(type, fresh(), inputs));
  }

  /** An operation with attributes, whose values are whole numbers, numbers, texts or lists. */
  public String operation(String type, Map<String, Object> attributes, String... inputs) {
    NodeProto.Builder node = node(type, fresh(), inputs);
    new TreeMap<>(attributes).forEach((name, value) -> node.addAttribute(attribute(name, value)));
    return add(node);
  }

  /** Whole numbers stored in the file, such as a shape. */
  public String longs(String name, long... content) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(content.length)
            .addAllInt64Data(LongStream.of(content).boxed().toList()));
    return name;
  }

  /** The file's bytes: equal calls give equal bytes. */
  public byte[] build() {
    return model.setGraph(graph).build().toByteArray();
  }

  static NodeProto.Builder node(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static AttributeProto attribute(String name, Object value) {
    return switch (value) {
      case Integer whole -> integer(name, whole);
      case Long whole -> integer(name, whole);
      case Number number ->
          AttributeProto.newBuilder()
              .setName(name)
              .setType(AttributeType.FLOAT)
              .setF(number.floatValue())
              .build();
      case List<?> list ->
          integers(name, list.stream().map(n -> ((Number) n).longValue()).toList());
      default ->
          AttributeProto.newBuilder()
              .setName(name)
              .setType(AttributeType.STRING)
              .setS(ByteString.copyFromUtf8(value.toString()))
              .build();
    };
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto integers(String name, Collection<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  private String add(NodeProto.Builder node) {
    graph.addNode(node);
    return node.getOutput(0);
  }

  private String fresh() {
    return "v" + values++;
  }

  private static NodeProto.Builder windowed(NodeProto.Builder node, Window w) {
    List<Long> kernel = List.of((long) w.kernel(), (long) w.kernel());
    List<Long> strides = List.of((long) w.stride(), (long) w.stride());
    List<Long> pads = LongStream.generate(w::pad).limit(4).boxed().toList();
    return node.addAttribute(integers("kernel_shape", kernel))
        .addAttribute(integers("strides", strides))
        .addAttribute(integers("pads", pads));
  }

  static ValueInfoProto value(String name, long... shape) {
    TensorShapeProto.Builder extents = TensorShapeProto.newBuilder();
    for (long extent : shape) {
      Dimension.Builder d = Dimension.newBuilder();
      extents.addDim(extent == OnnxGraph.FREE ? d.setDimParam("N") : d.setDimValue(extent));
    }
    var tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(extents);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
