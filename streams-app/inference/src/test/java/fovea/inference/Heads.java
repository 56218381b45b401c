package fovea.inference;

import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraphBuilder;
import fovea.modelstore.OnnxGraphBuilder.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Heads as exporters write them, over a map of {@value #CHANNELS} channels and 4×4 cells. */
final class Heads {
  static final int CHANNELS = 6;
  static final int HIDDEN = 5;
  static final int LABELS = 3;
  static final int SIDE = 4;

  private final OnnxGraphBuilder graph = new OnnxGraphBuilder("head");
  private int weights;

  /** Writes a head behind a map; gives the value that becomes the output. */
  interface Write {
    String write(Heads h, String map);
  }

  /** A graph whose input is the map itself. */
  static byte[] ofMap(Write head) {
    Heads h = new Heads();
    String map = h.graph.input("map", OnnxGraph.FREE, CHANNELS, SIDE, SIDE);
    return h.output(head.write(h, map), OnnxGraph.FREE);
  }

  /** A graph that takes 3×16×16 images: convolutions, batch norm and Relu before the head. */
  static byte[] ofImage(long batch, Write head) {
    Heads h = new Heads();
    String x = h.graph.input("image", batch, 3, 16, 16);
    String f = h.graph.conv(x, h.random(8, 3, 3, 3), h.random(8), new Window(3, 2, 1), 1);
    String g =
        h.graph.conv(
            h.graph.relu(f),
            h.random(CHANNELS, 8, 3, 3),
            h.random(CHANNELS),
            new Window(3, 2, 1),
            1);
    return h.output(head.write(h, h.graph.relu(h.norm(g, CHANNELS))), batch);
  }

  private byte[] output(String value, long batch) {
    graph.output(value, "out", batch, LABELS);
    return graph.build();
  }

  String pool(String map) {
    return graph.globalAveragePool(map);
  }

  String pooled(String map) {
    return graph.flatten(pool(map));
  }

  String op(String type, String... inputs) {
    return graph.operation(type, inputs);
  }

  String op(String type, Map<String, Object> attributes, String... inputs) {
    return graph.operation(type, attributes, inputs);
  }

  /** A Gemm as PyTorch writes it. */
  String gemm(String x, int from, int to) {
    return op("Gemm", Map.of("transB", 1), x, random(to, from), random(to));
  }

  String mlp(String map, String type, Map<String, Object> attributes) {
    String hidden = gemm(pooled(map), CHANNELS, HIDDEN);
    return gemm(op(type, attributes, hidden), HIDDEN, LABELS);
  }

  /** Batch norm with positive variances. */
  String norm(String x, int channels) {
    float[] variance = new float[channels];
    Arrays.fill(variance, 0.7f);
    String v = graph.weights("w" + weights++, variance, channels);
    return op(
        "BatchNormalization",
        Map.of("epsilon", 0.01),
        x,
        random(channels),
        random(channels),
        random(channels),
        v);
  }

  String random(long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    Random random = new Random(100 + weights);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return graph.weights("w" + weights++, values, shape);
  }

  String number(double value) {
    return graph.weights("w" + weights++, new float[] {(float) value});
  }

  String longs(long... values) {
    return graph.longs("w" + weights++, values);
  }

  String mean(String map, int keep, long... axes) {
    return op(
        "ReduceMean", Map.of("axes", Arrays.stream(axes).boxed().toList(), "keepdims", keep), map);
  }

  /** Weights as a Constant node's neighbour: turned when the graph runs. */
  String turned(String weights) {
    return op("Transpose", Map.of("perm", List.of(1, 0)), weights);
  }
}
