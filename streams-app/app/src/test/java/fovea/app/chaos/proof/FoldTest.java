package fovea.app.chaos.proof;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.aggregate.Fingerprint;
import fovea.core.aggregate.ModelVersion;
import fovea.core.explanation.CellGrid;
import fovea.core.quality.QualitySums;
import fovea.core.quality.ZoneConsistency;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final Fingerprint KEY = new Fingerprint(new byte[16]);
  private static final Instant CAME = Instant.parse("2026-01-05T12:00:00Z");

  @Test
  void theOrderOfEventsChangesNothing() {
    List<Event> events = events();
    States states = fold(events);

    Collections.shuffle(events, new Random(3));

    assertThat(fold(events).differences(states)).isEmpty();
    assertThat(fold(events).digest()).isEqualTo(states.digest());
  }

  @Test
  void aReplayAndASupersededRevisionCountForNothing() {
    List<Event> events = events();
    States states = fold(events);

    events.add(events.getFirst());
    events.add(explained(1, 0, "ff"));

    assertThat(fold(events).differences(states)).isEmpty();
  }

  @Test
  void aCorrectionReplacesWhatWasThere() {
    assertThat(fold(List.of(explained(1, 1, "aa"), explained(1, 2, "bb"))).digest())
        .isEqualTo(fold(List.of(explained(1, 2, "bb"))).digest());
  }

  @Test
  void aMissingEventIsNamedByItsKeys() {
    States all = fold(events());

    States fewer = fold(events().subList(1, 20));

    assertThat(fewer.differences(all))
        .hasSize(10)
        .anyMatch(line -> line.contains("n=19") && line.contains("but should be n=20"))
        .anyMatch(line -> line.contains("scored=19"));
  }

  @Test
  void theLatestOutcomeDividesWhatIsCounted() {
    List<Event> events = events();
    States without = fold(events);

    events.add(0, confirmed(2, Set.of()));
    events.add(confirmed(1, Set.of("label")));
    States states = fold(events);

    assertThat(states.differences(without))
        .anyMatch(line -> line.contains("withOutcome=1"))
        .filteredOn(line -> line.contains("should not be there"))
        .as("false positives only")
        .hasSize(3)
        .allMatch(line -> line.contains("|FP|") && line.contains("n=1"));
  }

  @Test
  void regionsCountOnlyWhereTheirLabelIsConfirmed() {
    List<Event> events = events();
    States without = fold(events);

    events.add(confirmed(1, Set.of("label")));
    List<String> confirmed = fold(events).differences(without);
    events.add(confirmed(2, Set.of()));
    List<String> denied = fold(events).differences(without);

    assertThat(confirmed)
        .filteredOn(line -> line.contains("|QUALITY|"))
        .hasSize(2)
        .allMatch(line -> line.contains("POINTING_GAME=QualityTally[n=1,"));
    assertThat(denied)
        .noneMatch(line -> line.contains("|QUALITY|"))
        .anyMatch(line -> line.contains("ignoredRegions=1"));
  }

  @Test
  void theZoneOfEveryStandingPeakIsCounted() {
    List<Event> events = events();
    events.add(explained(1, 0, "ff"));

    assertThat(fold(events).byKey().entrySet())
        .filteredOn(state -> state.getKey().contains("|QUALITY|"))
        .hasSize(2)
        .allSatisfy(
            state ->
                assertThat(ZoneConsistency.zones(QualitySums.read(state.getValue()).peaks()))
                    .as("the last of four cells is the greatest")
                    .containsExactly(Map.entry("lower right", 20L)));
  }

  @Test
  void whatIsErasedMightNeverHaveBeen() {
    List<Event> events = events();
    events.add(confirmed(1, Set.of("label")));
    List<Event> without = events.subList(4, 20);

    List<Event> erased = new ArrayList<>(events);
    erased.add(0, new Event.Erased("subject-0", Optional.empty(), CAME));
    erased.add(new Event.Erased("subject-1", Optional.of("image-2"), CAME));
    erased.add(new Event.Erased("subject-1", Optional.of("image-3"), CAME));

    assertThat(fold(erased).differences(fold(without))).isEmpty();
  }

  @Test
  void whatCameLaterOutlivesAnErasure() {
    List<Event> events = events();

    events.add(new Event.Erased("subject-0", Optional.empty(), CAME.minusMillis(1)));

    assertThat(fold(events).differences(fold(events()))).isEmpty();
  }

  private static Event confirmed(int day, Set<String> labels) {
    return new Event.Confirmed(
        "subject-1",
        "image-3",
        CAME,
        new Event.Rank(Instant.EPOCH.plus(Duration.ofDays(day)), "00"),
        labels,
        Set.of(),
        Map.of("label", List.of(List.of(0, 0, 5, 5))));
  }

  private static States fold(List<Event> events) {
    Fold fold = new Fold(KEY);
    events.forEach(fold::forget);
    events.forEach(fold::rank);
    events.forEach(fold::add);
    return fold.states();
  }

  private static List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(explained(i, 1, "aa"));
    }
    return events;
  }

  private static Event explained(int image, long revision, String sha) {
    short[] cells = new short[4];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (image * 31 + i * 7 + sha.charAt(0));
    }
    return new Event.Explained(
        "subject-" + image / 2,
        "image-" + image,
        CAME,
        new Event.Order(revision, sha),
        new ModelVersion("model", "1", "fp32.00"),
        new Event.Place("OP.any.any.2x2", "north", LocalDate.EPOCH),
        "ALIGNED",
        new Event.Picture(10, 10, "NONE"),
        OptionalDouble.of(1e-6),
        new Event.Quantisation(0, true),
        List.of(
            new Event.Label(
                "label",
                true,
                0,
                Optional.of(new CellGrid(2, 2, -3, cells)),
                List.of(Map.entry("STABILITY", 1.0)))));
  }
}
