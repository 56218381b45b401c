package fovea.core.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareTest {

  @Test
  void theIntervalIsWilsons() {
    Share eightOfTen = new Share(8, 10);

    assertThat(eightOfTen.value()).isEqualTo(0.8);
    assertThat(eightOfTen.low()).isCloseTo(0.4902, within(5e-5));
    assertThat(eightOfTen.high()).isCloseTo(0.9433, within(5e-5));
  }

  @Test
  void noneAndAllHaveAnIntervalToo() {
    assertThat(new Share(0, 10).low()).isZero();
    assertThat(new Share(0, 10).high()).isCloseTo(0.2775, within(5e-5));
    assertThat(new Share(10, 10).low()).isCloseTo(0.7225, within(5e-5));
    assertThat(new Share(10, 10).high()).isEqualTo(1);
  }

  @Test
  void ofNoImageNothingIsKnown() {
    Share none = new Share(0, 0);

    assertThat(none.value()).isNaN();
    assertThat(none.low()).isZero();
    assertThat(none.high()).isEqualTo(1);
  }

  /** 4,000 draws: the standard error of the coverage is 0.0035. */
  @Test
  void itHoldsTheTruthAboutNinetyFiveTimesOfAHundred() {
    Random random = new Random(11);
    int draws = 4_000;
    int held = 0;
    for (int i = 0; i < draws; i++) {
      double truth = 0.05 + 0.9 * random.nextDouble();
      int part = 0;
      for (int image = 0; image < 60; image++) {
        part += random.nextDouble() < truth ? 1 : 0;
      }
      Share share = new Share(part, 60);
      held += share.low() <= truth && truth <= share.high() ? 1 : 0;
    }
    assertThat(held / (double) draws).isBetween(0.935, 0.965);
  }

  @Test
  void moreThanAllIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Share(3, 2))
        .withMessage("3 of 2 is no share");
  }
}
