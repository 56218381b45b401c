package fovea.modelstore;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A graph that has lost what it learned: the weights of every convolution and matrix product are
 * drawn anew from a normal distribution of mean 0 and the tensor's own root mean square, so that
 * each layer keeps its scale. Biases, normalisation and everything else stay.
 */
public final class RandomWeights {
  /** Which inputs of a layer are weights, where they are constant. */
  private static final Map<String, List<Integer>> LAYERS =
      Map.of(
          "Conv", List.of(1),
          "ConvTranspose", List.of(1),
          "Gemm", List.of(0, 1),
          "MatMul", List.of(0, 1));

  /** What only moves or casts numbers between a weight and its layer. */
  private static final Set<String> MOVERS =
      Set.of("Identity", "Cast", "Transpose", "Reshape", "Unsqueeze", "Squeeze", "Flatten");

  private static final int MAX_STEPS = 16;

  private final GraphProto graph;
  private final RandomGenerator random;
  private final Map<String, NodeProto> makers = new HashMap<>();

  private RandomWeights(GraphProto graph, long seed) {
    this.graph = graph;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    graph.getNodeList().forEach(node -> node.getOutputList().forEach(o -> makers.put(o, node)));
  }

  /**
   * The same graph with random weights; equal seeds give equal graphs.
   *
   * @throws ModelRefusedException if no layer has weights that can be drawn: float32, float16 or
   *     float64, stored as such
   */
  public static OnnxGraph of(OnnxGraph source, long seed) {
    ModelProto.Builder model = source.model().toBuilder();
    int drawn = new RandomWeights(source.model().getGraph(), seed).draw(model.getGraphBuilder());
    if (drawn == 0) {
      throw new ModelRefusedException("no layer of the graph has weights that can be drawn anew");
    }
    return new OnnxGraph(model.build());
  }

  private int draw(GraphProto.Builder into) {
    Set<String> weights = weights();
    int drawn = 0;
    for (TensorProto.Builder tensor : into.getInitializerBuilderList()) {
      drawn += weights.contains(tensor.getName()) && draw(tensor) ? 1 : 0;
    }
    for (NodeProto.Builder node : into.getNodeBuilderList()) {
      if (node.getOpType().equals("Constant") && weights.contains(node.getOutput(0))) {
        for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
          drawn += attribute.hasT() && draw(attribute.getTBuilder()) ? 1 : 0;
        }
      }
    }
    return drawn;
  }

  /** Names of the initialisers and constant nodes that feed a layer as its weights. */
  private Set<String> weights() {
    Set<String> out = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      for (int input : LAYERS.getOrDefault(node.getOpType(), List.of())) {
        if (input < node.getInputCount()) {
          out.add(origin(node.getInput(input)));
        }
      }
    }
    return out;
  }

  /** Where a value comes from through what only moves it; activations lead to no weight's name. */
  private String origin(String name) {
    String at = name;
    for (int step = 0; step < MAX_STEPS; step++) {
      NodeProto maker = makers.get(at);
      if (maker == null || !MOVERS.contains(maker.getOpType()) || maker.getInputCount() == 0) {
        return at;
      }
      at = maker.getInput(0);
    }
    return at;
  }

  private boolean draw(TensorProto.Builder tensor) {
    Optional<Constants.Constant> old =
        floating(tensor.getDataType()) ? Constants.constant(tensor.build()) : Optional.empty();
    old.ifPresent(
        c ->
            tensor
                .clearFloatData()
                .clearDoubleData()
                .clearInt32Data()
                .setRawData(drawn(tensor.getDataType(), c.values().length, scale(c.values()))));
    return old.isPresent();
  }

  private static double scale(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  private ByteString drawn(int type, int count, double scale) {
    ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(8, count));
    out.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      double value = scale * random.nextGaussian();
      switch (type) {
        case TensorProto.DataType.DOUBLE_VALUE -> out.putDouble(value);
        case TensorProto.DataType.FLOAT16_VALUE ->
            out.putShort(Float.floatToFloat16((float) value));
        default -> out.putFloat((float) value);
      }
    }
    return ByteString.copyFrom(out.flip());
  }

  private static boolean floating(int type) {
    return type == TensorProto.DataType.FLOAT_VALUE
        || type == TensorProto.DataType.FLOAT16_VALUE
        || type == TensorProto.DataType.DOUBLE_VALUE;
  }
}
