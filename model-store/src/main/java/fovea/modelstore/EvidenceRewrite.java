package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Brings a graph's evidence into the form that {@code evidence/1} asks for by nodes at its end; all
 * that stands is kept.
 *
 * <p>A bias that a last convolution adds to every cell moves out of the evidence, so that it shows
 * in the offset instead. Centring subtracts the mean over labels from evidence, logits and offset
 * alike, which no softmax notices. Logits stay mean(evidence) + offset under both.
 */
public final class EvidenceRewrite {
  /** Before it, operators broadcast in another way. */
  private static final long LEAST_OPSET = 7;

  /** From it on, ReduceMean takes its axes as an input. */
  private static final long AXES_AS_INPUT = 18;

  private final OnnxGraph source;
  private final ModelProto.Builder model;
  private final GraphProto.Builder graph;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> renamed = new HashMap<>();

  private EvidenceRewrite(OnnxGraph source) {
    if (source.opset() < LEAST_OPSET) {
      throw new ModelRefusedException(
          "the graph's opset is %d, at least %d is needed".formatted(source.opset(), LEAST_OPSET));
    }
    this.source = source;
    this.model = source.model().toBuilder();
    this.graph = model.getGraphBuilder();
    graph.getNodeList().forEach(node -> taken.addAll(node.getOutputList()));
    graph.getInitializerList().forEach(weight -> taken.add(weight.getName()));
    graph.getInputList().forEach(input -> taken.add(input.getName()));
  }

  /** The rewritten graph, and its output names by role. */
  public record Result(OnnxGraph graph, Map<String, String> outputs) {}

  /**
   * Rewrites.
   *
   * @param outputs the graph's output name by role; others than logits, evidence and offset stay
   * @param bias per label, subtracted from every cell of the evidence; empty for none
   * @param centre whether the mean over labels is subtracted
   */
  public static Result of(
      OnnxGraph source, Map<String, String> outputs, List<Float> bias, boolean centre) {
    EvidenceRewrite rewrite = new EvidenceRewrite(source);
    if (!bias.isEmpty()) {
      rewrite.subtractBias(output(outputs, "evidence"), bias);
    }
    if (centre) {
      for (String role : List.of("evidence", "logits", "offset")) {
        Optional.ofNullable(outputs.get(role)).ifPresent(rewrite::centre);
      }
    }
    return rewrite.finish(outputs);
  }

  /** The bias of the convolution that makes an output; empty if anything else makes it. */
  public static List<Float> bias(OnnxGraph graph, String output) {
    Optional<NodeProto> maker = maker(graph.model().getGraph(), output);
    return maker
        .filter(node -> node.getOpType().equals("Conv") && node.getInputCount() == 3)
        .flatMap(node -> weight(graph.model().getGraph(), node.getInput(2)))
        .map(EvidenceRewrite::floats)
        .orElse(List.of());
  }

  private void subtractBias(String evidence, List<Float> bias) {
    String name = fresh(evidence + "_bias");
    float[] values = new float[bias.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = bias.get(i);
    }
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addAllDims(List.of(1L, (long) values.length, 1L, 1L))
            .setRawData(ByteString.copyFrom(Floats.bytes(values))));
    subtract(evidence, name, evidence + "_without_bias");
  }

  private void centre(String output) {
    String value = renamed.getOrDefault(output, output);
    NodeProto.Builder mean =
        OnnxGraphBuilder.node("ReduceMean", fresh(output + "_mean"), value)
            .addAttribute(OnnxGraphBuilder.integer("keepdims", 1));
    if (source.opset() >= AXES_AS_INPUT) {
      mean.addInput(labelAxis());
    } else {
      mean.addAttribute(OnnxGraphBuilder.integers("axes", List.of(1L)));
    }
    graph.addNode(mean);
    subtract(output, mean.getOutput(0), output + "_contrast");
  }

  private String labelAxis() {
    String name = fresh("label_axis");
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(1));
    return name;
  }

  private void subtract(String output, String subtrahend, String name) {
    String value = renamed.getOrDefault(output, output);
    String result = fresh(name);
    graph.addNode(OnnxGraphBuilder.node("Sub", result, value, subtrahend));
    renamed.put(output, result);
  }

  private Result finish(Map<String, String> outputs) {
    for (int i = 0; i < graph.getOutputCount(); i++) {
      ValueInfoProto output = graph.getOutput(i);
      String name = renamed.getOrDefault(output.getName(), output.getName());
      graph.setOutput(i, output.toBuilder().setName(name));
    }
    Map<String, String> names = new HashMap<>();
    outputs.forEach((role, name) -> names.put(role, renamed.getOrDefault(name, name)));
    return new Result(new OnnxGraph(model.build()), Map.copyOf(names));
  }

  private String fresh(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** The node that makes a value, identities skipped; a circle of them, which is no graph, ends. */
  private static Optional<NodeProto> maker(GraphProto graph, String value) {
    Map<String, NodeProto> makers = new HashMap<>();
    graph.getNodeList().forEach(node -> node.getOutputList().forEach(o -> makers.put(o, node)));
    Optional<NodeProto> maker = Optional.ofNullable(makers.remove(value));
    while (maker.isPresent() && maker.get().getOpType().equals("Identity")) {
      maker = maker.get().getInputList().stream().findFirst().map(makers::remove);
    }
    return maker;
  }

  private static Optional<TensorProto> weight(GraphProto graph, String name) {
    return graph.getInitializerList().stream()
        .filter(weight -> weight.getName().equals(name))
        .filter(weight -> weight.getDataType() == TensorProto.DataType.FLOAT_VALUE)
        .findFirst();
  }

  private static List<Float> floats(TensorProto weight) {
    if (weight.getFloatDataCount() > 0 || weight.getRawData().size() % 4 != 0) {
      return weight.getFloatDataList();
    }
    float[] values = Floats.of(weight.getRawData().toByteArray());
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }

  private static String output(Map<String, String> outputs, String role) {
    return Optional.ofNullable(outputs.get(role))
        .orElseThrow(() -> new IllegalArgumentException("no output for " + role));
  }
}
