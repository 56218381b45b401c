package fovea.core.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTest {
  @ParameterizedTest
  @ValueSource(ints = {14, 16, 28, 56, 112, 224})
  void aDilatedZoneCoversAtMostATenthOfTheFieldOfView(int side) {
    for (Lesion lesion : Lesion.values()) {
      assertThat(lesion.dilatedZone().shareOf(Phantom.FIELD_OF_VIEW, side, side))
          .as("%s at %d", lesion, side)
          .isBetween(0.05, 0.10);
    }
  }

  @Test
  void zonesLieInTheFieldAndDilatedZonesDoNotMeet() {
    for (Lesion lesion : Lesion.values()) {
      Zone zone = lesion.zone();
      assertThat(distance(zone, Phantom.FIELD_OF_VIEW) + zone.radius()).isLessThan(0.47);
      for (Lesion other : Lesion.values()) {
        assertThat(lesion == other || distance(zone, other.zone()) > 0.28).isTrue();
      }
    }
  }

  @Test
  void aMaskIsRowMajorByCellCentres() {
    boolean[] mask = new Zone(0.75, 0.25, 0.3).mask(2, 2);

    assertThat(mask).containsExactly(false, true, false, false);
  }

  @Test
  void anEmptyZoneIsRefused() {
    assertThatThrownBy(() -> new Zone(0.5, 0.5, 0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new Zone(0.5, 0.5, 1).mask(0, 3)).hasMessageContaining("0x3");
  }

  private static double distance(Zone a, Zone b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y());
  }
}
