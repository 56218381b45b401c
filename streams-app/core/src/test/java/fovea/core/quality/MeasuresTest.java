package fovea.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explanation.CellGrid;
import fovea.core.inference.Outputs;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  @Test
  void giniIsThreeQuartersWhereOneOfFourCellsHasAll() {
    assertThat(Concentration.gini(grid(0, 0, 0, 1))).hasValue(0.75);
    assertThat(Concentration.gini(grid(0, 16384, 0, 0))).hasValue(0.75);
    assertThat(Concentration.gini(grid(5, 5, 5, 5))).hasValue(0);
    assertThat(Concentration.gini(grid(1, 3))).hasValue(0.25);
    assertThat(Concentration.gini(grid(0, 0, 0, 0))).isEmpty();
    assertThatThrownBy(() -> Concentration.gini(grid(0, -1))).hasMessageContaining("-1");
  }

  @Test
  void entropyIsOneWhereAllCellsAreEqual() {
    assertThat(Concentration.entropy(grid(7, 7, 7, 7)).orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(Concentration.entropy(grid(0, 9, 0, 0)).orElseThrow()).isCloseTo(0, within(1e-12));
    assertThat(Concentration.entropy(grid(6, 6, 0, 0)).orElseThrow()).isCloseTo(0.5, within(1e-12));
    assertThat(Concentration.entropy(grid(0, 0))).isEmpty();
    assertThat(Concentration.entropy(grid(3))).isEmpty();
  }

  @Test
  void theAreaOfACurveIsTheTrapezoids() {
    assertThat(DeletionInsertion.area(List.of(1.0, 0.5, 0.0))).isEqualTo(0.5);
    assertThat(DeletionInsertion.area(List.of(1.0, 1.0))).isEqualTo(1);
    assertThat(DeletionInsertion.area(List.of(1.0, 0.0, 0.0, 0.0)))
        .isCloseTo(1 / 6.0, within(1e-15));
    assertThatThrownBy(() -> DeletionInsertion.area(List.of(1.0))).hasMessageContaining("two");
  }

  @Test
  void theResidualIsRelativeToTheGreatestEvidence() {
    Outputs exact = new Outputs(new float[] {3}, new float[] {2, 2}, new float[] {1}, 1, 2);
    Outputs broken = new Outputs(new float[] {4}, new float[] {20, -16}, new float[] {1}, 1, 2);

    assertThat(Faithfulness.residual(exact)).isZero();
    assertThat(Faithfulness.residual(broken)).isEqualTo(0.05);
  }

  @Test
  void rankCorrelationSharesRanksAmongTies() {
    assertThat(RankCorrelation.of(floats(1, 2, 3), floats(2, 40, 41))).hasValue(1);
    assertThat(RankCorrelation.of(floats(1, 2, 3), floats(3, 2, 1))).hasValue(-1);
    // Ranks (1, 2.5, 2.5, 4) and (1, 2, 3, 4): 4.5 ÷ √(4.5 · 5).
    assertThat(RankCorrelation.of(floats(1, 2, 2, 3), floats(1, 2, 3, 4)).orElseThrow())
        .isCloseTo(Math.sqrt(0.9), within(1e-12));
    assertThat(RankCorrelation.of(floats(1, 1), floats(1, 2))).isEmpty();
    assertThat(RankCorrelation.of(floats(0, -0f, 1), floats(1, 1, 2))).hasValue(1);
    assertThatThrownBy(() -> RankCorrelation.of(floats(Float.NaN, 1), floats(1, 2)))
        .hasMessageContaining("NaN");
  }

  @Test
  void ssimIsOneOfEqualMapsAndOfConstantOnesTheirLuminance() {
    float[] map = new float[100];
    float[] low = new float[100];
    float[] high = new float[100];
    for (int i = 0; i < map.length; i++) {
      map[i] = i % 7 / 7f;
      low[i] = 0.2f;
      high[i] = 0.6f;
    }

    assertThat(StructuralSimilarity.of(map, map, 10, 1)).isCloseTo(1, within(1e-12));
    assertThat(StructuralSimilarity.of(low, high, 10, 1))
        .isCloseTo((2 * 0.2 * 0.6 + 1e-4) / (0.04 + 0.36 + 1e-4), within(1e-6));
  }

  @Test
  void ssimOfASmallGridIsThatOfOneWindow() {
    // Means 0.5; sample variances 1/3, covariance −1/3: (2·0.25 + C1)(−2/3 + C2) ÷ ….
    double c2 = 9e-4;
    assertThat(StructuralSimilarity.of(floats(0, 1, 0, 1), floats(1, 0, 1, 0), 2, 1))
        .isCloseTo((-2 / 3.0 + c2) / (2 / 3.0 + c2), within(1e-12));
  }

  private static float[] floats(float... values) {
    return values;
  }

  private static CellGrid grid(int... values) {
    short[] cells = new short[values.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) values[i];
    }
    return new CellGrid(1, cells.length, -14, cells);
  }
}
