package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.modelstore.HeadReading;
import fovea.modelstore.HeadRewrite;
import fovea.modelstore.OnnxGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads that cannot be shared out over cells, each under what must be said of it. */
class BlackBoxTest {
  private static final int C = Heads.CHANNELS;
  private static final int L = Heads.LABELS;

  private static final Map<String, Heads.Write> BLACK = new LinkedHashMap<>();

  static {
    BLACK.put(
        "maximum of each channel",
        (h, m) -> h.gemm(h.op("Flatten", h.op("GlobalMaxPool", m)), C, L));
    BLACK.put(
        "several poolings side by side",
        (h, m) ->
            h.gemm(
                h.op(
                    "Concat",
                    Map.of("axis", 1),
                    h.pooled(m),
                    h.op("Flatten", h.op("GlobalMaxPool", m))),
                2 * C,
                L));
    BLACK.put(
        "reads every cell by itself",
        (h, m) ->
            h.gemm(
                h.op("Flatten", h.op("MaxPool", Map.of("kernel_shape", List.of(2, 2)), m)),
                9 * C,
                L));
    BLACK.put(
        "take different ways",
        (h, m) -> {
          String p = h.pooled(m);
          return h.op("Add", h.gemm(p, C, L), h.op("Relu", h.gemm(p, C, L)));
        });
    BLACK.put(
        "rounding is not linear",
        (h, m) ->
            h.gemm(
                h.op(
                    "DequantizeLinear",
                    h.op("QuantizeLinear", h.pooled(m), h.number(0.1)),
                    h.number(0.1)),
                C,
                L));
    BLACK.put(
        "no global average pooling",
        (h, m) -> h.gemm(h.op("ReduceSum", Map.of("keepdims", 0), m, h.longs(2, 3)), C, L));
  }

  static List<String> black() {
    return List.copyOf(BLACK.keySet());
  }

  @ParameterizedTest
  @MethodSource("black")
  void otherHeadIsABlackBoxAndWhyIsSaid(String why) {
    byte[] graph = Heads.ofImage(OnnxGraph.FREE, Objects.requireNonNull(BLACK.get(why)));

    assertThat(HeadRewrite.of(OnnxGraph.read(graph)))
        .isInstanceOfSatisfying(
            HeadReading.BlackBox.class, box -> assertThat(box.reason()).contains(why));
  }
}
