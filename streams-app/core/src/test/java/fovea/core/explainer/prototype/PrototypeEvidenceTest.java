package fovea.core.explainer.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.FeatureMaps;
import fovea.core.explainer.LabelGrids;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrototypeEvidenceTest {
  @Test
  void similarityIsTheLogOfTheDistance() {
    PrototypeLayer layer =
        new PrototypeLayer(new float[][] {{1, 0}, {0, 0}}, PrototypeLayer.EPSILON);
    FeatureMaps features = new FeatureMaps(new float[] {1, 0, 0, 2}, 2, 1, 2);

    LabelGrids maps = layer.similarities(features);

    assertThat(maps.value(0, 0)).isCloseTo((float) Math.log(1e4), within(1e-5f));
    assertThat(maps.value(0, 1)).isCloseTo((float) Math.log(6 / 5.0001), within(1e-6f));
    assertThat(maps.value(1, 1)).isCloseTo((float) Math.log(5 / 4.0001), within(1e-6f));
    assertThat(maps.peak(0)).isZero();
  }

  @Test
  void eachContributionStandsWhereItsPrototypeIsFound() {
    LabelGrids similarities = new LabelGrids(new float[] {1, 4, 3, 3, 0, 2}, 3, 1, 2);
    float[][] weights = {{1, -0.5f, 2}, {0, 1, 0}};

    PrototypeEvidence evidence = new PrototypeEvidence(similarities, weights);

    assertThat(evidence.grids().grid(0)).containsExactly(-1.5f, 8);
    assertThat(evidence.grids().grid(1)).containsExactly(3, 0);
    assertThat(evidence.logit(0)).isEqualTo(6.5);
    assertThat(evidence.top(0, 2))
        .containsExactly(new Contribution(0, 4, 1, 1), new Contribution(2, 2, 2, 1));
    assertThat(evidence.top(0, 9))
        .hasSize(3)
        .last()
        .extracting(Contribution::value)
        .isEqualTo(-1.5);
  }

  @Test
  void cellsSumToTheLogitAndTheirMeanIsItInTheContract() {
    Random random = new Random(9);
    float[] maps = new float[20 * 49];
    for (int i = 0; i < maps.length; i++) {
      maps[i] = 9 * random.nextFloat();
    }
    float[][] weights = new float[2][20];
    for (float[] row : weights) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    LabelGrids similarities = new LabelGrids(maps, 20, 7, 7);
    PrototypeEvidence evidence = new PrototypeEvidence(similarities, weights);

    for (int c = 0; c < 2; c++) {
      double logit = 0;
      for (int j = 0; j < 20; j++) {
        double best = 0;
        for (float s : similarities.grid(j)) {
          best = Math.max(best, s);
        }
        logit += weights[c][j] * best;
      }
      assertThat(evidence.grids().sum(c)).isCloseTo(logit, within(1e-5 * Math.abs(logit)));
      assertThat(evidence.outputs().logit(c)).isCloseTo((float) logit, within(1e-4f));
    }
    assertThat(evidence.outputs().residual()).isLessThan(1e-4);
  }

  @Test
  void weightsThatDoNotFitAreRefused() {
    LabelGrids similarities = new LabelGrids(new float[4], 2, 1, 2);

    assertThatThrownBy(() -> new PrototypeEvidence(similarities, new float[1][3]))
        .hasMessageContaining("3 weights for 2");
  }
}
