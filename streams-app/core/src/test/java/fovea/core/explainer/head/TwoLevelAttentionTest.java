package fovea.core.explainer.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoLevelAttentionTest {
  private static final int ONE = 16384;

  @Test
  void containmentIsTheShareOfTheFindingInsideTheAbnormal() {
    TwoLevelAttention maps =
        new TwoLevelAttention(
            max1(ONE, ONE / 2, 0, 0),
            List.of(max1(ONE, ONE / 4, 0, 0), max1(0, ONE, 0, ONE), max1(0, 0, 0, 0)));

    assertThat(maps.containment(0)).hasValue(1);
    assertThat(maps.containment(1)).hasValue(0.25);
    assertThat(maps.containment(2)).isEmpty();
  }

  @Test
  void unionIsTheShareOfTheAbnormalThatFindingsExplain() {
    TwoLevelAttention maps =
        new TwoLevelAttention(
            max1(ONE, ONE / 2, ONE / 2, 0),
            List.of(max1(ONE / 2, 0, 0, ONE), max1(0, ONE / 2, 0, 0)));

    assertThat(maps.union()).hasValue(0.5);
    assertThat(new TwoLevelAttention(max1(0, 0, 0, 0), maps.classes()).union()).isEmpty();
    assertThat(new TwoLevelAttention(max1(ONE, 0, 0, 0), List.of()).union()).hasValue(0);
  }

  @Test
  void mapsOfAnotherScaleOrGridAreRefused() {
    Attention anomaly = max1(ONE, 0, 0, 0);
    Attention scale = new Attention(new CellGrid(2, 2, -9, new short[4]), true);
    Attention grid = new Attention(new CellGrid(1, 4, -14, new short[4]), true);

    for (Attention stranger : List.of(scale, grid)) {
      assertThatThrownBy(() -> new TwoLevelAttention(anomaly, List.of(stranger)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Attention max1(int a, int b, int c, int d) {
    short[] cells = {(short) a, (short) b, (short) c, (short) d};
    return new Attention(new CellGrid(2, 2, -14, cells), a + b + c + d == 0);
  }
}
