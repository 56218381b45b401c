package fovea.core.explainer.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.FeatureMaps;
import fovea.core.explainer.LabelGrids;
import fovea.core.inference.Outputs;
import fovea.core.quality.Faithfulness;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassEvidenceTest {
  @Test
  void ofOneLinearLayerItIsTheClassActivationMap() {
    FeatureMaps features = new FeatureMaps(new float[] {1, 2, 3, 4, 10, 20, 30, 40}, 2, 2, 2);
    Head head = Head.of(new Linear(new float[][] {{1, 0.5f}, {-1, 0}}, new float[] {7, 1}));

    Outputs outputs = ClassEvidence.of(features, head);

    assertThat(outputs.evidence(0)).containsExactly(6, 12, 18, 24);
    assertThat(outputs.evidence(1)).containsExactly(-1, -2, -3, -4);
    assertThat(outputs.offset(0)).isEqualTo(7);
    assertThat(outputs.logits()).containsExactly(22, -1.5f);
    assertThat(outputs.residual()).isZero();
  }

  @Test
  void ofAReluHeadOnlyOpenUnitsCountAndBiasesAreInTheOffset() {
    FeatureMaps features = new FeatureMaps(new float[] {1, 3, 2, 2}, 2, 1, 2);
    Linear first = new Linear(new float[][] {{1, 1}, {-1, 0}, {0, 2}}, new float[] {1, 1, -1});
    Linear second = new Linear(new float[][] {{2, 5, -1}}, new float[] {10});

    Outputs outputs =
        ClassEvidence.of(features, new Head(2, List.of(first, LeakyRelu.RELU, second)));

    // z = (5, -1, 3): w = 2·(1, 1) − (0, 2), offset = 2·1 − 1·(−1) + 10.
    assertThat(outputs.evidence(0)).containsExactly(2, 6);
    assertThat(outputs.offset(0)).isEqualTo(13);
    assertThat(outputs.logit(0)).isEqualTo(17);
  }

  @Test
  void behindReluLikeHeadsOfAnyDepthLogitsAreMeanEvidencePlusOffset() {
    for (Head head : exactHeads(new Random(3))) {
      for (int image = 0; image < 20; image++) {
        Outputs outputs = ClassEvidence.of(features(new Random(image)), head);

        assertThat(Faithfulness.residual(outputs)).isLessThanOrEqualTo(1e-5);
      }
    }
  }

  @Test
  void theContrastSumsToZeroInEveryCellAndStaysExact() {
    for (Head head : exactHeads(new Random(4))) {
      Outputs outputs = ClassEvidence.contrast(features(new Random(1)), head);

      assertThat(Faithfulness.residual(outputs)).isLessThanOrEqualTo(1e-5);
      for (int cell = 0; cell < 12; cell++) {
        double sum = 0;
        for (int l = 0; l < outputs.labels(); l++) {
          sum += outputs.evidence(l)[cell];
        }
        assertThat(sum).isCloseTo(0, within(1e-5));
      }
    }
  }

  @Test
  void aSmoothHeadHasNoExactEvidence() {
    Head head = smooth(SmoothActivation.SILU, new Random(1));

    assertThat(head.exact()).isFalse();
    assertThatThrownBy(() -> ClassEvidence.of(features(new Random(1)), head))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void gradCamIsTheMeanOfFiniteDifferencesForEveryHead() {
    Random random = new Random(5);
    List<Head> heads = new ArrayList<>(exactHeads(random));
    for (SmoothActivation activation : SmoothActivation.values()) {
      heads.add(smooth(activation, random));
    }
    for (Head head : heads) {
      FeatureMaps features = features(new Random(6));
      double[][] weights = GradCam.weights(features, head);
      double[][] expected = finiteDifferences(features, head);
      double largest = 0;
      for (double[] row : expected) {
        for (double w : row) {
          largest = Math.max(largest, Math.abs(w));
        }
      }
      for (int l = 0; l < expected.length; l++) {
        for (int k = 0; k < expected[l].length; k++) {
          assertThat(weights[l][k]).isCloseTo(expected[l][k], within(1e-4 * largest));
        }
      }
    }
  }

  @Test
  void gradCamIsThePositivePartOfTheEvidenceDividedByTheCells() {
    FeatureMaps features = features(new Random(7));
    for (Head head : exactHeads(new Random(8))) {
      Outputs outputs = ClassEvidence.of(features, head);
      LabelGrids map = GradCam.of(features, head);
      for (int l = 0; l < map.labels(); l++) {
        float[] evidence = outputs.evidence(l);
        for (int cell = 0; cell < evidence.length; cell++) {
          assertThat(map.value(l, cell) * evidence.length)
              .isCloseTo(Math.max(0, evidence[cell]), within(1e-5f));
        }
      }
    }
  }

  @Test
  void adaCamOfACertainLabelIsItsClassMap() {
    LabelGrids maps = new LabelGrids(new float[] {900, 1100, 1, -5, 3, 2}, 3, 1, 2);

    assertThat(AdaCam.of(maps).values()).containsExactly(900, 1100);
  }

  @Test
  void adaCamWeighsByTheSoftmaxOfMeans() {
    float ln3 = (float) Math.log(3);
    LabelGrids maps = new LabelGrids(new float[] {2 * ln3, 0, 0, 0}, 2, 1, 2);

    // Means ln 3 and 0: weights 3/4 and 1/4.
    assertThat(AdaCam.of(maps).value(0, 0)).isCloseTo(1.5f * ln3, within(1e-6f));
    assertThat(AdaCam.of(new LabelGrids(new float[] {1, 3, 3, 1}, 2, 1, 2)).values())
        .containsExactly(2, 2);
  }

  @Test
  void headsThatDoNotFitAreRefused() {
    Linear linear = Linear.unbiased(new float[2][3]);

    assertThatThrownBy(() -> new Head(4, List.of(linear))).hasMessageContaining("4");
    assertThatThrownBy(() -> new Head(3, List.of(linear, LeakyRelu.RELU)))
        .hasMessageContaining("ends");
    assertThatThrownBy(() -> new Head(3, List.of(new PRelu(new float[2]), linear)))
        .hasMessageContaining("2 slopes");
    assertThatThrownBy(
            () -> ClassEvidence.of(new FeatureMaps(new float[2], 2, 1, 1), Head.of(linear)))
        .hasMessageContaining("2 features");
  }

  private static List<Head> exactHeads(Random random) {
    float[] slopes = {0.25f, -0.1f, 0.5f, 0, 1.5f, 0.01f};
    return List.of(
        Head.of(linear(3, 5, random)),
        new Head(5, List.of(linear(6, 5, random), LeakyRelu.RELU, linear(3, 6, random))),
        new Head(5, List.of(linear(6, 5, random), new PRelu(slopes), linear(3, 6, random))),
        new Head(5, List.of(linear(6, 5, random), new LeakyRelu(0.1f), linear(3, 6, random))),
        new Head(
            5,
            List.of(
                norm(5, random),
                linear(6, 5, random),
                norm(6, random),
                new PRelu(new float[] {0.3f}),
                linear(4, 6, random),
                LeakyRelu.RELU,
                linear(3, 4, random))));
  }

  private static Head smooth(SmoothActivation activation, Random random) {
    return new Head(5, List.of(linear(6, 5, random), activation, linear(3, 6, random)));
  }

  private static Linear linear(int out, int in, Random random) {
    float[][] weights = new float[out][];
    for (int o = 0; o < out; o++) {
      weights[o] = gaussian(in, random);
    }
    return new Linear(weights, gaussian(out, random));
  }

  private static BatchNorm norm(int n, Random random) {
    float[] variance = gaussian(n, random);
    for (int i = 0; i < n; i++) {
      variance[i] *= variance[i];
    }
    return new BatchNorm(
        gaussian(n, random), gaussian(n, random), gaussian(n, random), variance, 1e-3);
  }

  private static float[] gaussian(int n, Random random) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  private static FeatureMaps features(Random random) {
    return new FeatureMaps(gaussian(5 * 12, random), 5, 3, 4);
  }

  /** ∂logit ÷ ∂A_k in each cell by central differences, then the mean over cells. */
  private static double[][] finiteDifferences(FeatureMaps features, Head head) {
    double step = 1e-4;
    double[][] out = new double[head.logits(features.pooled()).length][features.channels()];
    for (int k = 0; k < features.channels(); k++) {
      // A cell's change by `step` moves the pooled value by step ÷ cells, whichever the cell.
      double[] up = features.pooled();
      double[] down = features.pooled();
      up[k] += step / features.cells();
      down[k] -= step / features.cells();
      for (int l = 0; l < out.length; l++) {
        out[l][k] = (head.logits(up)[l] - head.logits(down)[l]) / (2 * step);
      }
    }
    return out;
  }
}
