package fovea.core.explainer.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.LabelGrids;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LesionModelTest {
  private static final LabelGrids MAPS =
      new LabelGrids(new float[] {-9, 0, -9, -9, -3, -3, -3, 2}, 2, 2, 2);

  @Test
  void contributionsOfWeightedLesionsAddUpToTheLogit() {
    Diagnosis diagnosis = new Diagnosis.Weighted(List.of(4.0, 1.5), -2);

    LesionPath path = new LesionModel(new LesionPooling.GreatestCell(), diagnosis).path(MAPS);

    double second = 1 / (1 + Math.exp(-2));
    assertThat(path.steps().get(0)).isEqualTo(new LesionPath.Step(0, 0.5, 2.0, 1));
    assertThat(path.steps().get(1).contribution()).isCloseTo(1.5 * second, within(1e-12));
    assertThat(path.steps().get(1).peak()).isEqualTo(3);
    double logit = Math.log(path.probability() / (1 - path.probability()));
    assertThat(path.sum() - 2).isCloseTo(logit, within(1e-12));
  }

  @Test
  void noisyOrIsOneMinusTheProductOfAbsences() {
    LesionPath path =
        new LesionModel(new LesionPooling.GreatestCell(), new Diagnosis.NoisyOr()).path(MAPS);

    double second = 1 / (1 + Math.exp(-2));
    assertThat(path.probability()).isCloseTo(1 - 0.5 * (1 - second), within(1e-12));
    assertThat(path.sum()).isCloseTo(-Math.log(1 - path.probability()), within(1e-12));
    LabelGrids certain = new LabelGrids(new float[] {500}, 1, 1, 1);
    assertThat(
            new LesionModel(new LesionPooling.GreatestCell(), new Diagnosis.NoisyOr())
                .path(certain)
                .sum())
        .isFinite();
  }

  @Test
  void logSumExpLiesBetweenMeanAndMaximum() {
    float[] map = {1, 2, 3, 6};

    assertThat(new LesionPooling.LogSumExp(6).pool(new float[] {2, 2, 2}))
        .isCloseTo(2, within(1e-12));
    assertThat(new LesionPooling.LogSumExp(1e-6).pool(map)).isCloseTo(3, within(1e-4));
    assertThat(new LesionPooling.LogSumExp(1e6).pool(map)).isCloseTo(6, within(1e-4));
    assertThat(new LesionPooling.LogSumExp(1).pool(new float[] {0, (float) Math.log(3)}))
        .isCloseTo(Math.log(2), within(1e-6));
    assertThat(new LesionPooling.MeanOfTop(2).pool(map)).isEqualTo(4.5);
    assertThat(new LesionPooling.MeanOfTop(9).pool(map)).isEqualTo(3);
  }

  @Test
  void aCellsShareIsHowMuchThePooledValueMovesWithIt() {
    float[] map = {1, 2, 3, 2.5f};
    float step = 1e-3f;
    for (LesionPooling pooling :
        List.of(
            new LesionPooling.GreatestCell(),
            new LesionPooling.LogSumExp(1.7),
            new LesionPooling.MeanOfTop(2))) {
      double[] shares = pooling.shares(map);

      assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
      for (int i = 0; i < map.length; i++) {
        float[] moved = map.clone();
        moved[i] += step;
        assertThat(shares[i])
            .isCloseTo((pooling.pool(moved) - pooling.pool(map)) / step, within(2e-3));
      }
    }
  }

  @Test
  void cellsThatTieForTheLastPlaceShareNothingMore() {
    assertThat(new LesionPooling.MeanOfTop(2).shares(new float[] {5, 5, 5, 1}))
        .containsExactly(0.5, 0.5, 0, 0);
    assertThat(new LesionPooling.MeanOfTop(2).shares(new float[] {5, 7, 5, 1}))
        .containsExactly(0.5, 0.5, 0, 0);
    assertThat(new LesionPooling.MeanOfTop(9).shares(new float[] {5, 1})).containsExactly(0.5, 0.5);
    assertThat(new LesionPooling.GreatestCell().shares(new float[] {4, 4})).containsExactly(1, 0);
  }

  @Test
  void theMeanOfTheEvidenceIsWhatTheLesionsAdd() {
    for (LesionPooling pooling :
        List.of(new LesionPooling.GreatestCell(), new LesionPooling.LogSumExp(1))) {
      LesionModel model = new LesionModel(pooling, new Diagnosis.NoisyOr());

      LabelGrids evidence = model.evidence(MAPS);

      assertThat(evidence.labels()).isEqualTo(1);
      assertThat(evidence.sum(0) / evidence.cells())
          .isCloseTo(model.path(MAPS).sum(), within(1e-6));
      assertThat(evidence.peak(0)).isEqualTo(3);
    }
  }

  @Test
  void aDiagnosisWithoutALesionIsUnexplained() {
    LesionPath path =
        new LesionModel(
                new LesionPooling.GreatestCell(), new Diagnosis.Weighted(List.of(0.0, 0.0), 3))
            .path(MAPS);

    assertThat(path.unexplained(0.5, 0.95)).isTrue();
    assertThat(path.unexplained(0.5, 0.5)).isFalse();
    assertThat(path.unexplained(0.99, 0.95)).isFalse();
  }

  @Test
  void aLesionNeverSpeaksAgainstTheDisease() {
    assertThatThrownBy(() -> new Diagnosis.Weighted(List.of(1.0, -0.1), 0))
        .hasMessageContaining("-0.1");
    LesionModel one =
        new LesionModel(new LesionPooling.GreatestCell(), new Diagnosis.Weighted(List.of(1.0), 0));
    assertThatThrownBy(() -> one.path(MAPS)).hasMessageContaining("2 lesions");
  }
}
