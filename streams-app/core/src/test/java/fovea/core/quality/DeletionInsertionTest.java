package fovea.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.explainer.blackbox.BlackBox;
import fovea.core.explainer.blackbox.ImageTensor;
import fovea.core.explainer.blackbox.Question;
import fovea.core.explainer.blackbox.ScoreTable;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeletionInsertionTest {
  private static final float[] WEIGHTS = {1, 4, 2, 3};
  private static final ImageTensor IMAGE =
      new ImageTensor(FloatBuffer.wrap(new float[] {1, 1, 1, 1}), 1, 2, 2);
  private static final Question QUESTION = new Question(IMAGE, "a", List.of(0), 2, 2);

  @Test
  void cellsGoAndComeInTheOrderOfTheMap() {
    DeletionInsertion curves = DeletionInsertion.run(model(8), QUESTION, WEIGHTS, 4);

    assertThat(curves.deletion()).containsExactly(10.0, 6.0, 3.0, 1.0, 0.0);
    assertThat(curves.insertion()).containsExactly(0.0, 4.0, 7.0, 9.0, 10.0);
    assertThat(curves.deletionArea()).isEqualTo(3.75);
    assertThat(curves.insertionArea()).isEqualTo(6.25);
  }

  @Test
  void theReverseMapIsWorse() {
    float[] reverse = {-1, -4, -2, -3};

    DeletionInsertion curves = DeletionInsertion.run(model(8), QUESTION, reverse, 4);

    assertThat(curves.deletionArea()).isEqualTo(6.25);
    assertThat(curves.insertionArea()).isEqualTo(3.75);
  }

  @Test
  void whatCostsTooMuchOrDoesNotFitIsRefused() {
    assertThatThrownBy(() -> DeletionInsertion.run(model(7), QUESTION, WEIGHTS, 4))
        .hasMessageContaining("8 forwards");
    assertThatThrownBy(() -> DeletionInsertion.run(model(99), QUESTION, WEIGHTS, 5))
        .hasMessageContaining("5 steps");
    Question two = new Question(IMAGE, "a", List.of(0, 1), 2, 2);
    assertThatThrownBy(() -> DeletionInsertion.run(model(99), two, WEIGHTS, 4))
        .hasMessageContaining("2 labels");
  }

  private static BlackBox model(int budget) {
    return new BlackBox(
        batch -> {
          float[] out = new float[batch.count()];
          for (int n = 0; n < out.length; n++) {
            for (int i = 0; i < WEIGHTS.length; i++) {
              out[n] += WEIGHTS[i] * batch.image(n).get(i);
            }
          }
          return new ScoreTable(out, 1);
        },
        List.of(0f),
        3,
        budget);
  }
}
