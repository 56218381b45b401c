package fovea.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RocAreaTest {
  @Test
  void countsPairsThatAreRankedRightlyAndTiesHalf() {
    assertThat(RocArea.of(new double[] {1, 2, 3, 4}, new boolean[] {false, false, true, true}))
        .isEqualTo(1);
    assertThat(RocArea.of(new double[] {1, 2, 2, 4}, new boolean[] {false, true, false, true}))
        .isEqualTo(0.875);
    assertThat(RocArea.of(new double[] {1, 1}, new boolean[] {true, false})).isEqualTo(0.5);
    assertThat(RocArea.of(new double[] {1, 1}, new boolean[] {true, true})).isNaN();
    assertThatThrownBy(() -> RocArea.of(new double[] {1}, new boolean[] {true, false}))
        .hasMessageContaining("1 scores and 2 truths");
  }

  @Test
  void agreesWithCountingEveryPair() {
    Random random = new Random(5);
    double[] scores = random.doubles(200).map(v -> Math.round(20 * v)).toArray();
    boolean[] present = new boolean[200];
    for (int i = 0; i < 200; i++) {
      present[i] = random.nextDouble() < 0.2 + scores[i] / 40;
    }
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 200; j++) {
        if (present[i] && !present[j]) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }

    assertThat(RocArea.of(scores, present)).isCloseTo(right / pairs, within(1e-12));
  }

  /** 400 draws of 60 subjects: the share of intervals that hold the truth, s.e. 0.011. */
  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    // Scores of N(1,1) against N(0,1): the area is Phi(1/sqrt 2).
    double truth = 0.760250;
    Random random = new Random(7);
    int held = 0;
    for (int run = 0; run < 400; run++) {
      boolean[] present = new boolean[120];
      double[] scores = new double[120];
      List<String> subjects = IntStream.range(0, 120).mapToObj(i -> "s" + i / 2).toList();
      for (int i = 0; i < 120; i++) {
        present[i] = i % 2 == 0;
        scores[i] = random.nextGaussian() + (present[i] ? 1 : 0);
      }
      Interval interval = RocArea.interval(scores, present, subjects, 300, run);
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }

    assertThat(held / 400.0).isBetween(0.90, 0.985);
  }

  @Test
  void imagesOfOneSubjectMakeTheIntervalWider() {
    Random random = new Random(9);
    double[] scores = new double[400];
    boolean[] present = new boolean[400];
    for (int i = 0; i < 400; i++) {
      present[i] = i / 4 % 2 == 0;
      scores[i] = i % 4 == 0 ? random.nextGaussian() + (present[i] ? 1 : 0) : scores[i - 1];
    }
    List<String> alone = IntStream.range(0, 400).mapToObj(i -> "s" + i).toList();
    List<String> together = IntStream.range(0, 400).mapToObj(i -> "s" + i / 4).toList();

    Interval naive = RocArea.interval(scores, present, alone, 500, 1);
    Interval honest = RocArea.interval(scores, present, together, 500, 1);

    assertThat(honest.high() - honest.low()).isGreaterThan(1.5 * (naive.high() - naive.low()));
  }
}
