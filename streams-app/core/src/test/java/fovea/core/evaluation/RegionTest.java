package fovea.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegionTest {
  @Test
  void ringCornersAndCentreCoverWhatTheySay() {
    assertThat(Region.ring("ring", 14, 14, 2).areaShare()).isCloseTo(96 / 196.0, within(1e-12));
    assertThat(Region.corners("corners", 14, 14, 3).areaShare())
        .isCloseTo(36 / 196.0, within(1e-12));
    assertThat(Region.centre("centre", List.of(14, 14), 8, 10).areaShare())
        .isCloseTo(80 / 196.0, within(1e-12));
  }

  @Test
  void aRegionAndItsComplementAreTheWhole() {
    Region part = Region.of("part", 1, 2, new double[] {0.25, 1});
    short[] cells = {100, 10};

    assertThat(part.sum(cells)).isEqualTo(35);
    assertThat(part.sum(cells) + part.complement("rest").sum(cells)).isEqualTo(110);
    assertThat(part.holds(0)).isFalse();
    assertThat(part.complement("rest").holds(0)).isTrue();
  }

  @Test
  void aShareOutsideZeroToOneIsRefused() {
    assertThatThrownBy(() -> Region.of("x", 1, 1, new double[] {1.5})).hasMessageContaining("1.5");
    assertThatThrownBy(() -> Region.of("x", 2, 1, new double[] {1})).hasMessageContaining("2x1");
  }
}
