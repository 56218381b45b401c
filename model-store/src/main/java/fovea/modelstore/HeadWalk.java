package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import fovea.modelstore.Head.HeadEnd;
import fovea.modelstore.HeadLayer.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks from a graph's output back to the pooling, and reads the layers on the way. */
final class HeadWalk {
  private static final int MAX_STEPS = 200;
  private static final Set<String> SHAPES =
      Set.of("Flatten", "Reshape", "Squeeze", "Unsqueeze", "Identity", "Cast", "Dropout");
  private static final Set<String> FLATTENS = Set.of("Flatten", "Reshape");

  private final OnnxGraph graph;
  private final Map<String, NodeProto> makers = new HashMap<>();
  private final LinearNodes linear;
  private final Pooling pooling;
  private final ElementNodes elements;
  private boolean flattened;

  HeadWalk(OnnxGraph graph) {
    this.graph = graph;
    GraphProto proto = graph.model().getGraph();
    proto.getNodeList().forEach(node -> node.getOutputList().forEach(o -> makers.put(o, node)));
    Constants constants = new Constants(proto);
    this.linear = new LinearNodes(constants);
    this.pooling = new Pooling(makers, constants);
    this.elements = new ElementNodes(constants, this::plain, this::maker);
  }

  /**
   * The head that ends in this output.
   *
   * @throws OpaqueHeadException naming what stands in the way
   */
  Head from(String output) {
    LogitsAt end = logits(output);
    List<HeadLayer> layers = new ArrayList<>();
    String at = end.value();
    flattened = false;
    for (int step = 0; step < MAX_STEPS; step++) {
      at = plain(at);
      NodeProto node = maker(at).orElseThrow(() -> opaque("no pooling", output, layers, "input"));
      Optional<Pooling.Found> pool = pooling.of(node);
      if (pool.isPresent()) {
        return new Head(pool.get().map(), pool.get().said(), layers, end.value(), end.end());
      }
      LinearNodes.Read read = read(node, at).orElseThrow(() -> ends(node, output, layers));
      layers.addFirst(read.layer());
      at = read.input();
    }
    throw new OpaqueHeadException(
        "no pooling within %d layers before '%s'".formatted(MAX_STEPS, output));
  }

  /**
   * The value that an output's link is applied to, or the output's own.
   *
   * @param value of one row of numbers per image
   * @param end what makes probabilities of them
   */
  record LogitsAt(String value, HeadEnd end) {}

  LogitsAt logits(String output) {
    String at = same(output);
    Optional<Link> link = maker(at).flatMap(this::link);
    String logits = link.isPresent() ? maker(at).orElseThrow().getInput(0) : at;
    return new LogitsAt(logits, new HeadEnd(output, link));
  }

  /** Whether an operator gives its first input's numbers, in whatever shape or type. */
  static boolean keepsNumbers(String type) {
    return SHAPES.contains(type);
  }

  private Optional<LinearNodes.Read> read(NodeProto node, String value) {
    if (!node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
      return Optional.empty();
    }
    return linear
        .read(node)
        .or(
            () ->
                elements
                    .activation(node, value)
                    .map((Activation a) -> new LinearNodes.Read(a, a.input())));
  }

  private Optional<Link> link(NodeProto node) {
    long fallback = graph.opset() >= 13 ? -1 : 1;
    long axis = Attributes.whole(node, "axis", fallback);
    return switch (node.getOpType()) {
      case "Sigmoid" -> Optional.of(Link.SIGMOID);
      case "Softmax", "LogSoftmax" ->
          axis == 1 || axis == -1 ? Optional.of(Link.SOFTMAX) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<NodeProto> maker(String value) {
    return Optional.ofNullable(makers.get(value)).filter(node -> node.getInputCount() > 0);
  }

  /** The value that this is another name or type of. */
  private String same(String value) {
    String at = value;
    for (int step = 0; step < MAX_STEPS; step++) {
      Optional<NodeProto> node = maker(at);
      if (node.isEmpty() || !Set.of("Identity", "Cast").contains(node.get().getOpType())) {
        return at;
      }
      at = node.get().getInput(0);
    }
    return at;
  }

  /** The value that this has the numbers of, in whatever shape. */
  private String plain(String value) {
    String at = value;
    for (int step = 0; step < MAX_STEPS; step++) {
      Optional<NodeProto> node = maker(at);
      if (node.isEmpty() || !SHAPES.contains(node.get().getOpType())) {
        return at;
      }
      flattened |= FLATTENS.contains(node.get().getOpType());
      at = node.get().getInput(0);
    }
    return at;
  }

  private OpaqueHeadException ends(NodeProto node, String output, List<HeadLayer> layers) {
    String type = node.getOpType();
    String why =
        switch (type) {
          case "Concat" ->
              "the head reads several poolings side by side (Concat), and a maximum has no share in"
                  + " every cell";
          case "GlobalMaxPool", "ReduceMax" ->
              "the head reads the maximum of each channel, not its mean";
          case "QuantizeLinear", "DequantizeLinear", "QLinearMatMul", "QLinearConv", "QGemm" ->
              "what lies between pooling and logits is quantised, and rounding is not linear";
          case "Add", "Sub", "Mul", "Div" ->
              "the head joins values that take different ways from the pooling";
          default ->
              flattened
                  ? "the head reads every cell by itself (a flattened map), not the mean of the map"
                  : "there is no global average pooling before the head";
        };
    return opaque(why, output, layers, type + " '" + node.getOutput(0) + "'");
  }

  private static OpaqueHeadException opaque(
      String why, String output, List<HeadLayer> layers, String end) {
    String way =
        layers.isEmpty()
            ? ""
            : " over "
                + String.join(" ← ", layers.reversed().stream().map(HeadLayer::said).toList());
    return new OpaqueHeadException(
        "%s: the way back from '%s'%s ends at %s".formatted(why, output, way, end));
  }
}
