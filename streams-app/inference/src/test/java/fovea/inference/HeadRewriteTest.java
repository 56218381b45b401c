package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.modelstore.HeadReading;
import fovea.modelstore.HeadReading.Found;
import fovea.modelstore.HeadReading.Rewritten;
import fovea.modelstore.HeadRewrite;
import fovea.modelstore.Link;
import fovea.modelstore.OnnxGraph;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rewritten heads, run by ONNX Runtime beside the graphs they were made of. */
class HeadRewriteTest {
  private static final int C = Heads.CHANNELS;
  private static final int H = Heads.HIDDEN;
  private static final int L = Heads.LABELS;
  private static final int CELLS = Heads.SIDE * Heads.SIDE;
  private static final int IMAGES = 3;

  private static final Map<String, Heads.Write> LINEAR = new LinkedHashMap<>();
  private static final Map<String, Heads.Write> PIECES = new LinkedHashMap<>();
  private static final Map<String, Heads.Write> SMOOTH = new LinkedHashMap<>();

  static {
    LINEAR.put("gemm", (h, m) -> h.gemm(h.pooled(m), C, L));
    LINEAR.put("gemm with softmax", (h, m) -> h.op("Softmax", h.gemm(h.pooled(m), C, L)));
    LINEAR.put(
        "gemm untransposed, alpha and beta",
        (h, m) ->
            h.op(
                "Gemm",
                Map.of("alpha", 0.5, "beta", 2.0),
                h.pooled(m),
                h.random(C, L),
                h.random(L)));
    LINEAR.put("gemm without bias", (h, m) -> h.op("Gemm", h.pooled(m), h.random(C, L)));
    LINEAR.put(
        "reduce mean, matmul, add, sigmoid",
        (h, m) ->
            h.op(
                "Sigmoid",
                h.op("Add", h.random(L), h.op("MatMul", h.mean(m, 0, 2, 3), h.random(C, L)))));
    LINEAR.put(
        "reduce mean of negative axes, squeeze",
        (h, m) -> h.gemm(h.op("Squeeze", h.mean(m, 1, -1, -2), h.longs(2, 3)), C, L));
    LINEAR.put(
        "reduce mean channels last",
        (h, m) ->
            h.gemm(
                h.mean(h.op("Transpose", Map.of("perm", List.of(0, 2, 3, 1)), m), 0, 1, 2), C, L));
    LINEAR.put(
        "mean over cells in a row",
        (h, m) -> h.gemm(h.mean(h.op("Reshape", m, h.longs(0, C, -1)), 0, 2), C, L));
    LINEAR.put("mean in two steps", (h, m) -> h.gemm(h.mean(h.mean(m, 0, 3), 0, 2), C, L));
    LINEAR.put(
        "average pool of the whole map",
        (h, m) ->
            h.gemm(
                h.op("Flatten", h.op("AveragePool", Map.of("kernel_shape", List.of(4, 4)), m)),
                C,
                L));
    LINEAR.put(
        "reshape, dropout, identity",
        (h, m) ->
            h.gemm(
                h.op("Identity", h.op("Dropout", h.op("Reshape", h.pool(m), h.longs(-1, C)))),
                C,
                L));
    LINEAR.put(
        "batch norm after the pooling",
        (h, m) -> h.gemm(h.op("Flatten", h.norm(h.pool(m), C)), C, L));
    LINEAR.put("batch norm after the gemm", (h, m) -> h.norm(h.gemm(h.pooled(m), C, L), L));
    LINEAR.put("two gemms and nothing between", (h, m) -> h.gemm(h.gemm(h.pooled(m), C, H), H, L));
    LINEAR.put(
        "scaled logits",
        (h, m) ->
            h.op("Div", h.op("Sub", h.gemm(h.pooled(m), C, L), h.number(0.3)), h.number(1.7)));
    LINEAR.put(
        "1x1 convolution of the pooled map",
        (h, m) -> h.op("Flatten", h.op("Conv", h.pool(m), h.random(L, C, 1, 1), h.random(L))));
    LINEAR.put(
        "1x1 convolution before the pooling",
        (h, m) ->
            h.op(
                "Softmax",
                h.op("Flatten", h.pool(h.op("Conv", m, h.random(L, C, 1, 1), h.random(L))))));
    LINEAR.put(
        "weights turned in the graph",
        (h, m) -> h.op("MatMul", h.pooled(m), h.turned(h.random(L, C))));
    LINEAR.put("densenet tail", (h, m) -> h.gemm(h.pooled(h.op("Relu", h.norm(m, C))), C, L));
    LINEAR.put(
        "resnet tail",
        (h, m) -> h.gemm(h.pooled(h.op("Relu", h.op("Add", m, h.norm(m, C)))), C, L));
    LINEAR.put(
        "efficientnet tail",
        (h, m) -> h.gemm(h.op("Dropout", h.pooled(h.op("Mul", m, h.op("Sigmoid", m)))), C, L));

    PIECES.put("relu", (h, m) -> h.op("Softmax", h.mlp(m, "Relu", Map.of())));
    PIECES.put("leaky relu", (h, m) -> h.mlp(m, "LeakyRelu", Map.of("alpha", 0.2)));
    PIECES.put(
        "prelu", (h, m) -> h.gemm(h.op("PRelu", h.gemm(h.pooled(m), C, H), h.random(H)), H, L));
    PIECES.put(
        "relu6",
        (h, m) ->
            h.gemm(h.op("Clip", h.gemm(h.pooled(m), C, H), h.number(0), h.number(0.5)), H, L));
    PIECES.put("hard sigmoid", (h, m) -> h.mlp(m, "HardSigmoid", Map.of("alpha", 0.3)));
    PIECES.put(
        "three layers",
        (h, m) -> {
          String first = h.op("Relu", h.gemm(h.pooled(m), C, H));
          String second = h.op("LeakyRelu", h.norm(h.gemm(first, H, 4), 4));
          return h.gemm(h.op("Dropout", second), 4, L);
        });
    PIECES.put(
        "relu of the pooled map", (h, m) -> h.gemm(h.op("Relu", h.norm(h.pooled(m), C)), C, L));
    PIECES.put(
        "relu between 1x1 convolutions",
        (h, m) -> {
          String z = h.op("Conv", h.pool(m), h.random(H, C, 1, 1), h.random(H));
          return h.op("Flatten", h.op("Conv", h.op("Relu", z), h.random(L, H, 1, 1)));
        });
    PIECES.put("relu at the end", (h, m) -> h.op("Relu", h.gemm(h.pooled(m), C, L)));

    for (String type : List.of("Sigmoid", "Tanh", "Elu", "Selu", "Softplus", "Softsign")) {
      SMOOTH.put(type, (h, m) -> h.mlp(m, type, Map.of()));
    }
    SMOOTH.put("HardSwish", (h, m) -> h.mlp(m, "HardSwish", Map.of()));
    SMOOTH.put(
        "silu",
        (h, m) -> {
          String z = h.gemm(h.pooled(m), C, H);
          return h.gemm(h.op("Mul", z, h.op("Sigmoid", z)), H, L);
        });
    SMOOTH.put(
        "hard swish, spelled out, before flatten",
        (h, m) -> {
          String z = h.op("Conv", h.pool(m), h.random(H, C, 1, 1), h.random(H));
          String six = h.op("Clip", h.op("Add", z, h.number(3)), h.number(0), h.number(6));
          return h.gemm(h.op("Flatten", h.op("Div", h.op("Mul", z, six), h.number(6))), H, L);
        });
    SMOOTH.put(
        "gelu, spelled out",
        (h, m) -> {
          String z = h.gemm(h.pooled(m), C, H);
          String erf = h.op("Erf", h.op("Div", z, h.number(Math.sqrt(2))));
          String y = h.op("Mul", h.op("Mul", z, h.op("Add", erf, h.number(1))), h.number(0.5));
          return h.gemm(y, H, L);
        });
    SMOOTH.put(
        "gelu by tanh, spelled out",
        (h, m) -> {
          String z = h.gemm(h.pooled(m), C, H);
          String cubic = h.op("Mul", h.op("Pow", z, h.number(3)), h.number(0.044715));
          String t = h.op("Tanh", h.op("Mul", h.op("Add", z, cubic), h.number(0.7978845608)));
          String y = h.op("Mul", h.op("Mul", z, h.number(0.5)), h.op("Add", t, h.number(1)));
          return h.gemm(y, H, L);
        });
    SMOOTH.put(
        "mish, spelled out",
        (h, m) -> {
          String z = h.gemm(h.pooled(m), C, H);
          return h.gemm(h.op("Mul", z, h.op("Tanh", h.op("Softplus", z))), H, L);
        });
  }

  static List<String> linear() {
    return List.copyOf(LINEAR.keySet());
  }

  static List<String> pieces() {
    return List.copyOf(PIECES.keySet());
  }

  static List<String> smooth() {
    return List.copyOf(SMOOTH.keySet());
  }

  @ParameterizedTest
  @MethodSource("linear")
  void linearHeadIsRewrittenExactly(String name) {
    Rewritten rewritten = rewritten(Heads.ofImage(OnnxGraph.FREE, head(LINEAR, name)));

    assertThat(rewritten.found().linear()).isTrue();
    assertThat(rewritten.outputs()).containsOnlyKeys("logits", "evidence");
    assertSame(name, head(LINEAR, name), rewritten);
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void headThatIsLinearInPiecesIsRewrittenExactly(String name) {
    Rewritten rewritten = rewritten(Heads.ofImage(OnnxGraph.FREE, head(PIECES, name)));

    assertThat(rewritten.found().linear()).isFalse();
    assertThat(rewritten.found().exact()).isTrue();
    assertSame(name, head(PIECES, name), rewritten);
    assertThat(evidenceError(head(PIECES, name))).isLessThan(1e-4);
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void smoothHeadGivesItsGradient(String name) {
    Rewritten rewritten = rewritten(Heads.ofImage(OnnxGraph.FREE, head(SMOOTH, name)));

    assertThat(rewritten.found().exact()).isFalse();
    assertSame(name, head(SMOOTH, name), rewritten);
    assertThat(evidenceError(head(SMOOTH, name))).isLessThan(1e-4);
  }

  @Test
  void whatWasFoundIsNamed() {
    Found found = rewritten(Heads.ofMap(head(PIECES, "relu"))).found();

    assertThat(found.output()).isEqualTo("out");
    assertThat(found.pooling()).isEqualTo("GlobalAveragePool of 'map'");
    assertThat(found.head()).isEqualTo("Gemm 6→5 → Relu → Gemm 5→3");
    assertThat(found.link()).isEqualTo(Optional.of(Link.SOFTMAX));
    assertThat(found.labels()).isEqualTo(L);
  }

  private static Heads.Write head(Map<String, Heads.Write> heads, String name) {
    return Objects.requireNonNull(heads.get(name));
  }

  private static Rewritten rewritten(byte[] graph) {
    HeadReading reading = read(graph);
    assertThat(reading).isInstanceOf(Rewritten.class);
    return (Rewritten) reading;
  }

  private static HeadReading read(byte[] graph) {
    return HeadRewrite.of(OnnxGraph.read(graph));
  }

  /** The graph's own output is the link of the new logits, and the logits are mean + offset. */
  private static void assertSame(String name, Heads.Write head, Rewritten rewritten) {
    float[] images = random(IMAGES * 3 * 256);
    Session.Result before;
    Session.Result after;
    try (Session own = new Session(Heads.ofImage(OnnxGraph.FREE, head));
        Session made = new Session(rewritten.graph().bytes())) {
      before = own.run(images, IMAGES, 3, 16, 16);
      after = made.run(images, IMAGES, 3, 16, 16);
    }
    float[] logits = after.get(rewritten.outputs().get("logits"));
    float[] evidence = after.get(rewritten.outputs().get("evidence"));
    assertThat(evidence).hasSize(IMAGES * L * CELLS);
    Link link = rewritten.found().link().orElse(Link.IDENTITY);
    for (int i = 0; i < IMAGES; i++) {
      float[] own = Arrays.copyOfRange(before.get("out"), i * L, (i + 1) * L);
      float[] probabilities = link.probabilities(Arrays.copyOfRange(logits, i * L, (i + 1) * L));
      for (int label = 0; label < L; label++) {
        assertThat(probabilities[label])
            .as("%s, image %d", name, i)
            .isCloseTo(own[label], within(1e-5f * Math.abs(own[label]) + 1e-12f));
      }
    }
    assertThat(residual(rewritten, after)).as(name).isLessThan(1e-5);
  }

  /** Relative to the greatest evidence. */
  private static double residual(Rewritten rewritten, Session.Result outputs) {
    float[] logits = outputs.get(rewritten.outputs().get("logits"));
    float[] evidence = outputs.get(rewritten.outputs().get("evidence"));
    double worst = 0;
    double greatest = 1;
    for (int i = 0; i < logits.length; i++) {
      double sum = 0;
      for (int cell = 0; cell < CELLS; cell++) {
        sum += evidence[i * CELLS + cell];
        greatest = Math.max(greatest, Math.abs(evidence[i * CELLS + cell]));
      }
      double offset =
          rewritten.outputs().containsKey("offset")
              ? outputs.get(rewritten.outputs().get("offset"))[i]
              : rewritten.offset().get(rewritten.offset().size() == 1 ? 0 : i % L);
      worst = Math.max(worst, Math.abs(logits[i] - sum / CELLS - offset));
    }
    return worst / greatest;
  }

  /**
   * Evidence against Σ_k w_k·A_k with w_k by finite differences of the original head; relative to
   * the greatest.
   */
  private static double evidenceError(Heads.Write head) {
    float[] map = random(C * CELLS);
    Rewritten rewritten = rewritten(Heads.ofMap(head));
    String logits = String.valueOf(rewritten.outputs().get("logits"));
    try (Session made = new Session(rewritten.graph().bytes())) {
      float[] evidence = shot(made, map).get(rewritten.outputs().get("evidence"));
      double[] expected = new double[L * CELLS];
      for (int channel = 0; channel < C; channel++) {
        double[] slope = slope(made, logits, map, channel);
        for (int i = 0; i < expected.length; i++) {
          expected[i] += slope[i / CELLS] * map[channel * CELLS + i % CELLS];
        }
      }
      double worst = 0;
      double greatest = 0;
      for (int i = 0; i < expected.length; i++) {
        worst = Math.max(worst, Math.abs(expected[i] - evidence[i]));
        greatest = Math.max(greatest, Math.abs(expected[i]));
      }
      return worst / greatest;
    }
  }

  /** Four points, so that what is left is of fourth order. */
  private static double[] slope(Session session, String logits, float[] map, int channel) {
    float step = 0.02f;
    double[] slope = new double[L];
    float[][] at = new float[4][];
    float[] by = {-2 * step, -step, step, 2 * step};
    for (int i = 0; i < 4; i++) {
      float[] moved = map.clone();
      for (int cell = 0; cell < CELLS; cell++) {
        moved[channel * CELLS + cell] += by[i];
      }
      at[i] = shot(session, moved).get(logits);
    }
    for (int label = 0; label < L; label++) {
      slope[label] =
          (at[0][label] - 8.0 * at[1][label] + 8.0 * at[2][label] - at[3][label]) / (12 * step);
    }
    return slope;
  }

  private static Session.Result shot(Session session, float[] map) {
    return session.run(map, 1, C, Heads.SIDE, Heads.SIDE);
  }

  private static float[] random(int size) {
    Random random = new Random(5);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
