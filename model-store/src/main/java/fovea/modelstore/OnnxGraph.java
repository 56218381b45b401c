package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an ONNX file says of itself: inputs, outputs, opset, metadata, size of its weights.
 *
 * <p>Reading a hostile file costs no more than the file's own size: lengths and nesting are
 * limited, and weights in other files are refused, because those files would be nobody's digest.
 * Immutable.
 */
public final class OnnxGraph {
  private static final int MAX_NESTING = 64;

  /** What an extent that is free, such as the batch, reads as. */
  public static final long FREE = -1;

  private final ModelProto model;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;

  OnnxGraph(ModelProto model) {
    this.model = model;
    GraphProto graph = model.getGraph();
    // Until IR version 3 a weight was an input too.
    Set<String> weights = new HashSet<>();
    graph.getInitializerList().forEach(weight -> weights.add(weight.getName()));
    this.inputs =
        graph.getInputList().stream()
            .filter(input -> !weights.contains(input.getName()))
            .map(OnnxGraph::tensor)
            .toList();
    this.outputs = graph.getOutputList().stream().map(OnnxGraph::tensor).toList();
  }

  /**
   * The graph in these bytes.
   *
   * @throws ModelRefusedException if they are no ONNX model, or refer to weights elsewhere
   */
  public static OnnxGraph read(byte[] onnx) {
    FileKind.check(onnx);
    WireBudget.check(onnx);
    ModelProto model = parse(onnx);
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new ModelRefusedException("not an ONNX model: it has no graph, or no node in it");
    }
    ExternalData.refuse(model);
    GraphLimits.check(model.getGraph());
    return new OnnxGraph(model);
  }

  /** Inputs that a caller gives, weights left out. */
  public List<Tensor> inputs() {
    return inputs;
  }

  public List<Tensor> outputs() {
    return outputs;
  }

  /** The output of this name. */
  public Optional<Tensor> output(String name) {
    return outputs.stream().filter(output -> output.name().equals(name)).findFirst();
  }

  /** Version of the default operator set; 0 if the file names none. */
  public long opset() {
    return model.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst()
        .orElse(0);
  }

  /** Numbers in all weights together. */
  public long weights() {
    long sum = 0;
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      sum += Weights.size(weight.getDimsList());
    }
    return sum;
  }

  /** The author's key-value pairs. */
  public Map<String, String> metadata() {
    Map<String, String> out = new TreeMap<>();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      out.put(entry.getKey(), entry.getValue());
    }
    return out;
  }

  /** The program that wrote the file, as it names itself; may be empty. */
  public String producer() {
    return model.getProducerName();
  }

  /** The graph as a file. */
  public byte[] bytes() {
    return model.toByteArray();
  }

  ModelProto model() {
    return model;
  }

  /**
   * Name, element type and shape of an input or output.
   *
   * @param name as in the graph
   * @param type ONNX's name in lower case, e.g. {@code float}, {@code float16}
   * @param shape {@link #FREE} where an extent is not fixed; empty where nothing is said
   */
  public record Tensor(String name, String type, List<Long> shape) {
    public Tensor {
      shape = List.copyOf(shape);
    }

    @Override
    public String toString() {
      List<String> extents = shape.stream().map(e -> e == FREE ? "?" : Long.toString(e)).toList();
      return "%s %s[%s]".formatted(name, type, String.join(",", extents));
    }
  }

  private static ModelProto parse(byte[] onnx) {
    CodedInputStream in = CodedInputStream.newInstance(onnx);
    in.setRecursionLimit(MAX_NESTING);
    try {
      return ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelRefusedException("not an ONNX model: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be read", e);
    }
  }

  private static Tensor tensor(ValueInfoProto value) {
    var type = value.getType().getTensorType();
    TensorProto.DataType element = TensorProto.DataType.forNumber(type.getElemType());
    String name = element == null ? "type " + type.getElemType() : lowerCase(element);
    List<Long> shape = type.getShape().getDimList().stream().map(OnnxGraph::extent).toList();
    return new Tensor(value.getName(), name, shape);
  }

  private static String lowerCase(TensorProto.DataType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static long extent(Dimension extent) {
    return extent.hasDimValue() && extent.getDimValue() > 0 ? extent.getDimValue() : FREE;
  }
}
