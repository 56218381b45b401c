package fovea.inference;

import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraphBuilder;
import fovea.modelstore.OnnxGraphBuilder.Window;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Small graphs that say more than logits and evidence: 3×16×16 in, a 4×4 grid out. */
final class FurtherGraphs {
  static final int PROTOTYPES = 6;
  static final float[] LESION_WEIGHTS = {1.5f, 2.5f};
  static final float LESION_BIAS = -1;

  private FurtherGraphs() {}

  /** ProtoPNet's end with two labels, without evidence; similarities under {@code name}. */
  static byte[] prototypes(String name) {
    OnnxGraphBuilder b = new OnnxGraphBuilder("prototypes");
    String features = b.operation("Sigmoid", features(b, 8));
    String squares =
        b.conv(
            b.mul(features, features), b.weights("ones", ones(), PROTOTYPES, 8, 1, 1), cell(), 1);
    String inner =
        b.conv(features, b.weights("p", random(5, PROTOTYPES * 8), PROTOTYPES, 8, 1, 1), cell(), 1);
    String distances = b.relu(b.add(b.sub(squares, b.mul(inner, scalar(b, 2))), scalar(b, 4)));
    String similar =
        b.operation(
            "Log", b.div(b.add(distances, scalar(b, 1)), b.add(distances, scalar(b, 1e-4f))));
    String greatest = b.flatten(b.operation("GlobalMaxPool", similar));
    String w = b.weights("last", random(6, PROTOTYPES * 2), PROTOTYPES, 2);
    String logits = b.operation("Gemm", greatest, w, b.weights("b", new float[] {0.5f, 1.25f}, 2));
    b.output(similar, name, OnnxGraph.FREE, PROTOTYPES, 4, 4);
    b.output(distances, "distances", OnnxGraph.FREE, PROTOTYPES, 4, 4);
    b.output(logits, "logits", OnnxGraph.FREE, 2);
    return b.build();
  }

  /** One label, made of two lesions by their greatest cells; with an embedding and a projection. */
  static byte[] lesions() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("lesions");
    String features = b.relu(features(b, 8));
    String maps = b.conv(features, b.weights("a", random(7, 16), 2, 8, 1, 1), cell(), 1);
    String flat = b.operation("Reshape", maps, b.longs("flat", 0, 0, 16));
    String best = b.operation("ArgMax", Map.of("axis", 2, "keepdims", 1), flat);
    long[] places = new long[16];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
    String found = b.operation("Equal", best, b.longs("places", places));
    String at = b.operation("Cast", Map.of("to", 1), found);
    String there = b.mul(b.operation("Sigmoid", flat), at);
    float[] scaled = {16 * LESION_WEIGHTS[0], 16 * LESION_WEIGHTS[1]};
    String rows = b.operation("MatMul", b.weights("w", scaled, 1, 2), there);
    String evidence = b.operation("Reshape", rows, b.longs("grid", 0, 1, 4, 4));
    String mean = b.flatten(b.globalAveragePool(evidence));
    String embedding = b.flatten(b.globalAveragePool(features));
    b.output(
        b.add(mean, b.weights("bias", new float[] {LESION_BIAS}, 1, 1)),
        "logits",
        OnnxGraph.FREE,
        1);
    b.output(evidence, "evidence", OnnxGraph.FREE, 1, 4, 4);
    b.output(maps, "lesions", OnnxGraph.FREE, 2, 4, 4);
    b.output(embedding, "embedding", OnnxGraph.FREE, 8);
    b.output(
        b.operation("MatMul", embedding, b.weights("plane", random(8, 16), 8, 2)),
        "projection",
        OnnxGraph.FREE,
        2);
    return b.build();
  }

  private static String features(OnnxGraphBuilder b, int channels) {
    String x = b.input("image", OnnxGraph.FREE, 3, 16, 16);
    String w = b.weights("w1", random(1, channels * 3 * 16), channels, 3, 4, 4);
    return b.conv(x, w, new Window(4, 4, 0), 1);
  }

  private static Window cell() {
    return new Window(1, 1, 0);
  }

  private static float[] ones() {
    float[] ones = new float[PROTOTYPES * 8];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static String scalar(OnnxGraphBuilder b, float value) {
    return b.weights("scalar" + value, new float[] {value}, 1, 1, 1, 1);
  }

  private static float[] random(long seed, int size) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian() / 4;
    }
    return values;
  }
}
