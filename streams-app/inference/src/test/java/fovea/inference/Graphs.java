package fovea.inference;

import fovea.core.frame.FrameSpec;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraphBuilder;
import fovea.modelstore.OnnxGraphBuilder.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Small graphs to test with: 3×16×16 in, two labels on a 4×4 grid out. */
final class Graphs {
  static final float[] OFFSET = {0.5f, -1.25f};

  private Graphs() {}

  /** A conv net of contract evidence/1 with a constant offset; the batch as given. */
  static byte[] net(long batch) {
    OnnxGraphBuilder b = new OnnxGraphBuilder("net");
    String evidence = trunk(b, batch);
    String offset = b.weights("offset_w", OFFSET, 1, 2);
    String logits = b.add(b.flatten(b.globalAveragePool(evidence)), offset);
    return outputs(b, batch, logits, evidence);
  }

  /** The same with the offset as an output, one per image. */
  static byte[] netWithOffsetOutput() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("net");
    String evidence = trunk(b, OnnxGraph.FREE);
    String mean = b.flatten(b.globalAveragePool(evidence));
    String offset = b.mul(mean, b.weights("half", new float[] {0.5f}, 1, 1));
    b.output(offset, "offset", OnnxGraph.FREE, 2);
    return outputs(b, OnnxGraph.FREE, b.add(mean, offset), evidence);
  }

  /** Logits that depend on the image beyond the evidence. */
  static byte[] unfaithful() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("net");
    String evidence = trunk(b, OnnxGraph.FREE);
    String squared = b.flatten(b.globalAveragePool(b.mul(evidence, evidence)));
    return outputs(b, OnnxGraph.FREE, squared, evidence);
  }

  /** Two labels whose last convolution has a bias, logits the plain mean of the evidence. */
  static byte[] withBiasInside() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("net");
    String x = b.input("image", OnnxGraph.FREE, 3, 16, 16);
    String w = b.weights("w", random(4, 2 * 3 * 16), 2, 3, 4, 4);
    String e = b.conv(x, w, b.weights("b", new float[] {3, -1}, 2), new Window(4, 4, 0), 1);
    return outputs(b, OnnxGraph.FREE, b.flatten(b.globalAveragePool(e)), e);
  }

  /**
   * Two logits that are sums over the upper left quarter of the image and nothing else, of which a
   * flattening head hides it.
   */
  static byte[] ofTheUpperLeft() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("net");
    String x = b.input("image", OnnxGraph.FREE, 3, 16, 16);
    float[] mean = new float[4 * 3 * 2 * 2];
    Arrays.fill(mean, 1f / 12);
    String filters = b.weights("mean", mean, 4, 3, 2, 2);
    String cells = b.conv(x, filters, new Window(2, 2, 0), 1);
    float[] weights = new float[4 * 64 * 2];
    Random random = new Random(5);
    for (int i = 0; i < weights.length; i++) {
      int place = i / 2 % 64;
      boolean inside = place / 8 < 4 && place % 8 < 4;
      weights[i] = inside ? 0.5f + random.nextFloat() : 0;
    }
    String w = b.weights("w", weights, 4 * 64, 2);
    b.output(b.operation("MatMul", b.flatten(cells), w), "out", OnnxGraph.FREE, 2);
    return b.build();
  }

  /** Evidence without logits. */
  static byte[] withoutLogits() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("net");
    b.output(trunk(b, OnnxGraph.FREE), "evidence", OnnxGraph.FREE, 2, 4, 4);
    return b.build();
  }

  /** Evidence that is 0 wherever it is asked. */
  static byte[] silent() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("net");
    String e = trunk(b, OnnxGraph.FREE);
    String zero = b.sub(e, e);
    return outputs(b, OnnxGraph.FREE, b.flatten(b.globalAveragePool(zero)), zero);
  }

  /** NaN everywhere: 0 ÷ 0. */
  static byte[] nan() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("net");
    String e = trunk(b, OnnxGraph.FREE);
    String zero = b.sub(e, e);
    String evidence = b.div(zero, zero);
    String logits = b.flatten(b.globalAveragePool(evidence));
    return outputs(b, OnnxGraph.FREE, logits, evidence);
  }

  static Manifest manifest(String id, Link link, List<Float> offset) {
    return new Manifest(
        "evidence/1",
        id,
        "1",
        Map.of(),
        input(),
        link,
        List.of("a", "b"),
        List.of("b"),
        Map.of("a", 0.5, "b", 0.5),
        Map.of("logits", "logits", "evidence", "evidence"),
        offset,
        new Manifest.Explainer("class-evidence", Map.of()),
        new FrameSpec(Set.of(), Set.of(), false, "L", false, "", 0, 0, null),
        new Manifest.Quantisation(-10, 8, true),
        new Manifest.Tolerances(1e-5, 1e-4),
        true,
        "Apache-2.0",
        "random weights");
  }

  static Manifest.Input input() {
    List<Float> half = List.of(127.5f, 127.5f, 127.5f);
    return new Manifest.Input("image", 3, 16, 16, "NCHW", half, half);
  }

  private static String trunk(OnnxGraphBuilder b, long batch) {
    String x = b.input("image", batch, 3, 16, 16);
    String first = b.weights("w1", random(1, 8 * 3 * 9), 8, 3, 3, 3);
    String bias = b.weights("b1", random(2, 8), 8);
    String features = b.maxPool(b.relu(b.conv(x, first, bias, new Window(3, 2, 1), 1)), pool());
    return b.conv(features, b.weights("w2", random(3, 2 * 8), 2, 8, 1, 1), new Window(1, 1, 0), 1);
  }

  private static Window pool() {
    return new Window(2, 2, 0);
  }

  private static byte[] outputs(OnnxGraphBuilder b, long batch, String logits, String evidence) {
    b.output(logits, "logits", batch, 2);
    b.output(evidence, "evidence", batch, 2, 4, 4);
    return b.metadata("fovea.contract", "evidence/1").build();
  }

  private static float[] random(long seed, int size) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static Manifest withInput(Manifest m, Manifest.Input input) {
    return with(m, input, m.outputs());
  }

  static Manifest withOutputs(Manifest m, Map<String, String> outputs) {
    return with(m, m.input(), outputs);
  }

  private static Manifest with(Manifest m, Manifest.Input input, Map<String, String> outputs) {
    return new Manifest(
        m.contract(),
        m.id(),
        m.version(),
        m.files(),
        input,
        m.link(),
        m.labels(),
        m.positive(),
        m.thresholds(),
        outputs,
        m.offset(),
        m.explainer(),
        m.frame(),
        m.quantisation(),
        m.tolerances(),
        m.batchInvariant(),
        m.licence(),
        m.trainingData());
  }
}
