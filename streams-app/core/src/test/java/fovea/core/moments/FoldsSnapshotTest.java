package fovea.core.moments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explanation.CellGrid;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldsSnapshotTest {
  private static final int CELLS = 6;

  @Test
  void fewerThanTwoFoldsSayNothingOfTheError() {
    Folds folds = Folds.empty(2, 3);
    assertThat(folds.snapshot().standardError()).containsOnly(Double.NaN);
    assertThat(folds.snapshot().splitHalf()).isNaN();

    folds.add(4, grid(1, 2, 3, 4, 5, 6));
    assertThat(folds.snapshot().standardError()).containsOnly(Double.NaN);
    assertThat(folds.snapshot().splitHalf()).isNaN();

    folds.add(5, grid(1, 2, 3, 4, 5, 6));
    assertThat(folds.snapshot().standardError()).containsOnly(0);
    assertThat(folds.snapshot().splitHalf()).isCloseTo(1, within(1e-12));
  }

  @Test
  void withOneImageAFoldItIsTheClassicalStandardErrorOfTheMean() {
    Folds folds = Folds.empty(2, 3);
    double[] values = new double[Folds.FOLDS];
    Random random = new Random(1);
    for (int fold = 0; fold < Folds.FOLDS; fold++) {
      int cell = random.nextInt(16385);
      values[fold] = cell / 16384.0;
      folds.add(fold, grid(cell, 0, 0, 0, 0, 0));
    }

    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();

    assertThat(folds.snapshot().standardError()[0])
        .isCloseTo(Math.sqrt(squares / 19 / 20), within(1e-12));
    assertThat(folds.snapshot().standardError()[1]).isZero();
  }

  /** Subjects of one to five images that resemble one another: images are no independent units. */
  @Test
  void theErrorIsThatOfDrawingOtherSubjects() {
    Random random = new Random(7);
    int draws = 400;
    double[] means = new double[draws];
    double variances = 0;
    for (int draw = 0; draw < draws; draw++) {
      FoldsSnapshot snapshot = programme(random).snapshot();
      means[draw] = snapshot.mean()[0];
      variances += Math.pow(snapshot.standardError()[0], 2) / draws;
    }

    double mean = Arrays.stream(means).average().orElseThrow();
    double spread = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum() / (draws - 1);
    assertThat(Math.sqrt(variances)).isCloseTo(Math.sqrt(spread), within(0.1 * Math.sqrt(spread)));
  }

  private static Folds programme(Random random) {
    Folds folds = Folds.empty(2, 3);
    for (int subject = 0; subject < 300; subject++) {
      int fold = random.nextInt(Folds.FOLDS);
      double own = 0.5 + 0.15 * random.nextGaussian();
      for (int image = random.nextInt(5); image >= 0; image--) {
        double value = Math.clamp(own + 0.05 * random.nextGaussian(), 0, 1);
        folds.add(fold, grid((int) (value * 16384), 0, 0, 0, 0, 0));
      }
    }
    return folds;
  }

  @Test
  void halvesOfNoiseAreNotAlikeAndHalvesOfAPictureAre() {
    Random random = new Random(3);
    Folds noise = Folds.empty(20, 20);
    Folds picture = Folds.empty(20, 20);
    for (int i = 0; i < 400; i++) {
      short[] a = new short[400];
      short[] b = new short[400];
      for (int cell = 0; cell < 400; cell++) {
        a[cell] = (short) random.nextInt(16385);
        b[cell] = (short) (random.nextInt(8192) + cell * 20);
      }
      noise.add(random.nextInt(Folds.FOLDS), new CellGrid(20, 20, -14, a));
      picture.add(random.nextInt(Folds.FOLDS), new CellGrid(20, 20, -14, b));
    }

    assertThat(noise.snapshot().splitHalf()).isBetween(-0.15, 0.15);
    assertThat(picture.snapshot().splitHalf()).isGreaterThan(0.95);
  }

  @Test
  void everySplitIsTenAgainstTenAndNoPairIsFavoured() {
    for (int split = 0; split < HalfSplits.COUNT; split++) {
      int first = 0;
      for (int fold = 0; fold < Folds.FOLDS; fold++) {
        first += HalfSplits.first(split, fold) ? 1 : 0;
      }
      assertThat(first).isEqualTo(10);
    }
    for (int a = 0; a < Folds.FOLDS; a++) {
      for (int b = 0; b < a; b++) {
        assertThat(apart(a, b)).as("folds %d and %d", a, b).isEqualTo(10);
      }
    }
  }

  private static int apart(int a, int b) {
    int apart = 0;
    for (int split = 0; split < HalfSplits.COUNT; split++) {
      apart += HalfSplits.first(split, a) == HalfSplits.first(split, b) ? 0 : 1;
    }
    return apart;
  }

  private static CellGrid grid(int... values) {
    short[] cells = new short[CELLS];
    for (int i = 0; i < CELLS; i++) {
      cells[i] = (short) values[i];
    }
    return new CellGrid(2, 3, -14, cells);
  }
}
