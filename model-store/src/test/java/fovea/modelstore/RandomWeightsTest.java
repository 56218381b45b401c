package fovea.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.modelstore.OnnxGraphBuilder.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomWeightsTest {
  private static final float[] BIAS = {1, 2, 3, 4, 5, 6, 7, 8};

  @Test
  void weightsOfLayersAreDrawnAtTheirOwnScaleAndNothingElseIs() {
    OnnxGraph source = OnnxGraph.read(graph());
    OnnxGraph lost = OnnxGraph.read(RandomWeights.of(source, 7).bytes());

    assertThat(values(lost, "bias")).isEqualTo(values(source, "bias"));
    assertThat(values(lost, "shift")).isEqualTo(values(source, "shift"));
    for (String layer : List.of("conv", "head", "last")) {
      double[] before = values(source, layer);
      double[] after = values(lost, layer);
      assertThat(after).hasSameSizeAs(before);
      assertThat(after).isNotEqualTo(before);
      assertThat(scale(after) / scale(before)).as(layer).isCloseTo(1, within(0.15));
      assertThat(Arrays.stream(after).average().orElseThrow() / scale(after))
          .as(layer + " has mean 0, though its weights were all positive")
          .isCloseTo(0, within(0.2));
    }
    assertThat(lost.inputs()).isEqualTo(source.inputs());
    assertThat(lost.outputs()).isEqualTo(source.outputs());
  }

  @Test
  void aSeedDrawsTheSameAgain() {
    OnnxGraph source = OnnxGraph.read(graph());

    assertThat(RandomWeights.of(source, 7).bytes()).isEqualTo(RandomWeights.of(source, 7).bytes());
    assertThat(values(RandomWeights.of(source, 8), "conv"))
        .isNotEqualTo(values(RandomWeights.of(source, 7), "conv"));
  }

  @Test
  void aGraphWithoutLayersIsRefused() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("g");
    b.output(b.globalAveragePool(b.input("x", 1, 3, 8, 8)), "y", 1, 3, 1, 1);

    assertThatThrownBy(() -> RandomWeights.of(OnnxGraph.read(b.build()), 1))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("no layer");
  }

  /** A convolution with a bias, a product with a turned matrix, one with a cast matrix, a sum. */
  private static byte[] graph() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("g");
    String x = b.input("x", OnnxGraph.FREE, 3, 8, 8);
    String conv = b.weights("conv", positive(1, 8 * 3 * 9), 8, 3, 3, 3);
    String bias = b.weights("bias", BIAS, 8);
    String features = b.flatten(b.globalAveragePool(b.conv(x, conv, bias, new Window(3, 1, 1), 1)));
    String head = b.weights("head", positive(2, 64), 8, 8);
    String turned = b.operation("Transpose", Map.of("perm", List.of(1, 0)), head);
    String hidden = b.operation("Gemm", features, turned);
    String last = b.operation("Cast", Map.of("to", 1), b.weights("last", positive(3, 64), 8, 8));
    String shift = b.weights("shift", BIAS, 1, 8);
    b.output(b.add(b.operation("MatMul", hidden, last), shift), "y", OnnxGraph.FREE, 8);
    return b.build();
  }

  private static float[] positive(long seed, int count) {
    Random random = new Random(seed);
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = 0.1f + random.nextFloat();
    }
    return out;
  }

  private static double[] values(OnnxGraph graph, String name) {
    return new Constants(graph.model().getGraph()).of(name).orElseThrow().values();
  }

  private static double scale(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).average().orElseThrow());
  }
}
