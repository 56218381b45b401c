package fovea.core.explainer.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.LabelGrids;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiseTest {
  private static final int SIDE = 7;
  private static final double KEPT = 0.3;
  private static final double[] WEIGHTS = Additive.weights(1, SIDE * SIDE);
  private static final Additive MODEL =
      new Additive(new double[][] {WEIGHTS, Additive.weights(2, SIDE * SIDE)}, SIDE, 14, 0);
  private static final Rise RISE = new Rise(new ExplainerSpec.Rise(4000, KEPT, false));

  @Test
  void centredItGivesTheWeightsWithinFourOfItsOwnStandardErrors() {
    Explained explained = RISE.explain(MODEL.blackBox(64, 4000), MODEL.question("a", 0));

    LabelGrids error = explained.standardError().orElseThrow();
    for (int i = 0; i < WEIGHTS.length; i++) {
      assertThat((double) explained.grids().value(0, i))
          .isCloseTo(WEIGHTS[i], within(4.0 * error.value(0, i)));
    }
    assertThat(explained.forwards()).isEqualTo(4000);
  }

  @Test
  void publishedItGivesTheWeightsPlusWhatAllOthersAdd() {
    double sum = 0;
    for (double weight : WEIGHTS) {
      sum += weight;
    }
    Rise fewer = new Rise(new ExplainerSpec.Rise(500, KEPT, false));
    List<LabelGrids> runs = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      runs.add(fewer.sums(MODEL.blackBox(64, 500), MODEL.question("image " + i, 0)).published());
    }
    for (int i = 0; i < WEIGHTS.length; i++) {
      int cell = i;
      double[] values = runs.stream().mapToDouble(r -> r.value(0, cell)).toArray();
      double expected = WEIGHTS[i] + KEPT * (sum - WEIGHTS[i]);
      assertThat(mean(values)).isCloseTo(expected, within(4 * error(values)));
    }
  }

  @Test
  void itsStandardErrorIsTheSpreadOverSeeds() {
    Rise fewer = new Rise(new ExplainerSpec.Rise(400, KEPT, false));
    List<Explained> runs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      runs.add(fewer.explain(MODEL.blackBox(64, 400), MODEL.question("image " + i, 0)));
    }
    double spread = 0;
    double stated = 0;
    for (int cell = 0; cell < WEIGHTS.length; cell++) {
      int at = cell;
      spread += error(runs.stream().mapToDouble(r -> r.grids().value(0, at)).toArray());
      stated +=
          runs.stream()
              .mapToDouble(r -> r.standardError().orElseThrow().value(0, at))
              .average()
              .orElseThrow();
    }
    assertThat(spread * Math.sqrt(60)).isCloseTo(stated, within(0.1 * stated));
  }

  @Test
  void aConstantInTheScoreDoesNotChangeTheCentredForm() {
    Additive shifted = new Additive(new double[][] {WEIGHTS}, SIDE, 14, 1000);
    Rise few = new Rise(new ExplainerSpec.Rise(200, KEPT, false));
    Additive plain = new Additive(new double[][] {WEIGHTS}, SIDE, 14, 0);

    LabelGrids with = few.explain(shifted.blackBox(64, 200), shifted.question("a", 0)).grids();
    LabelGrids without = few.explain(plain.blackBox(64, 200), plain.question("a", 0)).grids();

    for (int i = 0; i < WEIGHTS.length; i++) {
      assertThat(with.value(0, i)).isCloseTo(without.value(0, i), within(1e-3f));
    }
  }

  @Test
  void theMapDependsOnTheImageIdAndNeitherOnBatchesNorOnOtherLabels() {
    Rise few = new Rise(new ExplainerSpec.Rise(100, KEPT, true));
    LabelGrids map = few.explain(MODEL.blackBox(64, 100), MODEL.question("a", 0)).grids();

    assertThat(few.explain(MODEL.blackBox(7, 100), MODEL.question("a", 0)).grids()).isEqualTo(map);
    assertThat(few.explain(MODEL.blackBox(7, 100), MODEL.question("b", 0)).grids())
        .isNotEqualTo(map);
    LabelGrids both = few.explain(MODEL.blackBox(9, 100), MODEL.question("a", 1, 0)).grids();
    assertThat(both.grid(1)).isEqualTo(map.grid(0));
  }

  @Test
  void whatIsAboveTheBudgetIsRefusedBeforeAnythingIsAsked() {
    BlackBox silent =
        new BlackBox(
            batch -> {
              throw new AssertionError("asked");
            },
            List.of(0f),
            8,
            3999);

    assertThatThrownBy(() -> RISE.explain(silent, MODEL.question("a", 0)))
        .hasMessageContaining("4000")
        .hasMessageContaining("3999");
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Standard error of the mean. */
  private static double error(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }
}
