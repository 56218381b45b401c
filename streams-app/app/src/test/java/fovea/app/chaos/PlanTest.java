package fovea.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void theSeedFixesThePlan() {
    assertThat(Plan.of(40, 7)).isEqualTo(Plan.of(40, 7)).isNotEqualTo(Plan.of(40, 8));
  }

  @Test
  void fifteenFaultsHoldEveryKindAndThreeKillsOfTheBroker() {
    List<FaultKind> kinds = Plan.of(15, 3).faults().stream().map(Fault::kind).toList();

    assertThat(kinds).hasSize(15).contains(FaultKind.values());
    assertThat(kinds).filteredOn(FaultKind.KILL_BROKER::equals).hasSize(3);
  }

  @Test
  void fiveFaultsHoldEveryKind() {
    assertThat(Plan.of(5, 11).faults()).extracting(Fault::kind).contains(FaultKind.values());
  }

  @Test
  void someFaultsOverlapButNeverTheFirst() {
    List<Fault> faults = Plan.of(200, 5).faults();

    assertThat(faults.getFirst().overlapping()).isFalse();
    assertThat(faults).anyMatch(Fault::overlapping).anyMatch(fault -> !fault.overlapping());
  }
}
