package fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankCurveTest {
  @Test
  void areaIsTheShareOfPairsInOrder() {
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    boolean[] present = {false, false, true, true};

    assertThat(RankCurve.area(scores, present)).isEqualTo(0.75);
  }

  @Test
  void tiesCountHalf() {
    assertThat(RankCurve.area(new double[] {1, 1, 1}, new boolean[] {true, false, false}))
        .isEqualTo(0.5);
  }

  @Test
  void oneKindAloneHasNoArea() {
    assertThat(RankCurve.area(new double[] {1, 2}, new boolean[] {true, true})).isNaN();
  }
}
