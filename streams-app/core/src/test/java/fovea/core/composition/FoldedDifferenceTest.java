package fovea.core.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explanation.CellGrid;
import fovea.core.moments.Folds;
import fovea.core.moments.FoldsSnapshot;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldedDifferenceTest {
  private static final int EXPONENT = -14;

  private static CellGrid map(double value) {
    short cell = (short) Math.clamp(Math.round(value * 16_384), 0, 16_384);
    return new CellGrid(1, 2, EXPONENT, new short[] {cell, 8_192});
  }

  private static FoldsSnapshot folds(double... byFold) {
    Folds folds = Folds.empty(1, 2);
    for (int fold = 0; fold < byFold.length; fold++) {
      folds.add(fold, map(byFold[fold]));
    }
    return folds.snapshot();
  }

  @Test
  void isTheSpreadOfTheFoldsDifferencesWhereEachHoldsOneImageOfBoth() {
    double[] values =
        new FoldedDifference(folds(0.5, 0.25, 0.75), folds(0.25, 0.125, 0)).standardError();

    double mean = (0.25 + 0.125 + 0.75) / 3;
    double squares =
        Math.pow(0.25 - mean, 2) + Math.pow(0.125 - mean, 2) + Math.pow(0.75 - mean, 2);
    assertThat(values[0]).isCloseTo(Math.sqrt(squares / 2 / 3), within(1e-12));
    assertThat(values[1]).isZero();
  }

  @Test
  void whatIsInBothCancels() {
    FoldsSnapshot some = folds(0.5, 0.25, 0.75, 0.1);

    assertThat(new FoldedDifference(some, some).standardError()).containsOnly(0.0);
  }

  @Test
  void oneFoldSaysNothingAndNoImageOrAnotherGridIsRefused() {
    FoldsSnapshot one = folds(0.5);

    assertThat(new FoldedDifference(one, one).standardError()).containsOnly(Double.NaN);
    assertThatThrownBy(() -> new FoldedDifference(one, folds())).hasMessageContaining("no mean");
    assertThatThrownBy(() -> new FoldedDifference(one, Folds.empty(2, 1).snapshot()))
        .hasMessageContaining("grids");
  }

  /** Subjects with several images each, some of them in both maps: no true difference. */
  @Test
  void intervalsCoverAsOftenAsTheySay() {
    Random random = new Random(20);
    int runs = 400;
    int outside = 0;
    for (int run = 0; run < runs; run++) {
      Folds first = Folds.empty(1, 2);
      Folds second = Folds.empty(1, 2);
      for (int subject = 0; subject < 300; subject++) {
        int fold = random.nextInt(Folds.FOLDS);
        double level = 0.5 + 0.1 * random.nextGaussian();
        int images = 1 + random.nextInt(4);
        for (int i = 0; i < images; i++) {
          CellGrid map = map(level + 0.05 * random.nextGaussian());
          (random.nextInt(3) == 0 ? second : first).add(fold, map);
        }
      }
      FoldsSnapshot a = first.snapshot();
      FoldsSnapshot b = second.snapshot();
      double difference = a.mean()[0] - b.mean()[0];
      double error = new FoldedDifference(a, b).standardError()[0];
      outside += Math.abs(difference) > 2.093 * error ? 1 : 0;
    }
    assertThat(outside / (double) runs).isBetween(0.02, 0.09);
  }
}
