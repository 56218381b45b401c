package fovea.core.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import fovea.core.evaluation.Interval;
import org.junit.jupiter.api.Test;

class ShareTest {

  @Test
  void theIntervalIsWilsons() {
    Interval eightOfTen = new Share(8, 10).interval();

    assertThat(eightOfTen.value()).isEqualTo(0.8);
    assertThat(eightOfTen.low()).isCloseTo(0.4902, within(5e-5));
    assertThat(eightOfTen.high()).isCloseTo(0.9433, within(5e-5));
  }

  @Test
  void noneAndAllHaveAnIntervalToo() {
    assertThat(new Share(0, 10).interval().high()).isCloseTo(0.2775, within(5e-5));
    assertThat(new Share(10, 10).interval().low()).isCloseTo(0.7225, within(5e-5));
  }

  @Test
  void ofNoImageNothingIsKnown() {
    assertThat(new Share(0, 0).interval().value()).isNaN();
  }

  @Test
  void moreThanAllIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Share(3, 2))
        .withMessage("3 of 2 is no share");
  }
}
