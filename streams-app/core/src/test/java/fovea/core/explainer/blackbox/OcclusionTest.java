package fovea.core.explainer.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.ExplainerSpec;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class OcclusionTest {
  @Test
  void windowsOfOneCellGiveTheWeights() {
    double[] weights = Additive.weights(1, 16);
    Additive model = new Additive(new double[][] {weights}, 4, 8, 5);

    Explained explained =
        new Occlusion(new ExplainerSpec.Occlusion(1, 1))
            .explain(model.blackBox(3, 17), model.question("a", 0));

    for (int i = 0; i < weights.length; i++) {
      assertThat((double) explained.grids().value(0, i)).isCloseTo(weights[i], within(1e-5));
    }
    assertThat(explained.forwards()).isEqualTo(17);
    assertThat(explained.standardError()).isEmpty();
  }

  @Test
  void aCellIsTheMeanOfTheWindowsThatHideIt() {
    Additive model = new Additive(new double[][] {{8, 0, 0, 0, 0, 0, 0, 0, 0}}, 3, 3, 0);

    Explained overlapping =
        new Occlusion(new ExplainerSpec.Occlusion(2, 1))
            .explain(model.blackBox(8, 5), model.question("a", 0));
    Explained flush =
        new Occlusion(new ExplainerSpec.Occlusion(2, 2))
            .explain(model.blackBox(8, 5), model.question("a", 0));

    assertThat(overlapping.grids().grid(0)).containsExactly(8, 4, 0, 4, 2, 0, 0, 0, 0);
    assertThat(flush.grids()).isEqualTo(overlapping.grids());
    assertThat(overlapping.forwards()).isEqualTo(5);
  }

  @Test
  void aWindowLargerThanTheGridHidesAll() {
    Additive model = new Additive(new double[][] {{1, 2, 3, 4}}, 2, 4, 0);

    Explained explained =
        new Occlusion(new ExplainerSpec.Occlusion(9, 9))
            .explain(model.blackBox(8, 2), model.question("a", 0));

    assertThat(explained.grids().grid(0)).containsOnly(10);
  }

  @Test
  void aModelThatAnswersForOtherImagesOrLabelsIsRefused() {
    Additive model = new Additive(new double[][] {new double[4]}, 2, 4, 0);
    Occlusion occlusion = new Occlusion(new ExplainerSpec.Occlusion(1, 1));
    BlackBox silent = new BlackBox(b -> new ScoreTable(new float[9], 1), List.of(0f), 2, 9);

    assertThatThrownBy(() -> occlusion.explain(silent, model.question("a", 0)))
        .hasMessageContaining("answered");
    assertThatThrownBy(() -> occlusion.explain(model.blackBox(2, 9), model.question("a", 1)))
        .hasMessageContaining("label 1");
    assertThatThrownBy(() -> occlusion.explain(model.blackBox(2, 4), model.question("a", 0)))
        .hasMessageContaining("budget of 4");
    assertThatThrownBy(() -> new ScoreTable(new float[] {Float.NaN}, 1))
        .hasMessageContaining("NaN");
    ImageTensor image = new ImageTensor(FloatBuffer.allocate(4), 1, 2, 2);
    assertThatThrownBy(() -> new Question(image, "a", List.of(0), 3, 2))
        .hasMessageContaining("3x2");
  }
}
