package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.DeadLetter;
import fovea.schema.Delta;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.HeldContributions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days end 400 days after they were, by the time of records. */
class ExpiryTest {
  private static final Instant NOW = AggregateRig.NOW;

  /** The images' day, 4 March 2026, and 400 days more. */
  private static final Instant END = Instant.parse("2027-04-09T00:00:00Z");

  /** The end of what was known on 5 March, which may concern 6 March. */
  private static final Instant KNOWN_END = Instant.parse("2027-04-11T00:00:00Z");

  @TempDir Path directory;

  @Test
  void aDayGoesWithEverythingThatItWasMadeOfWhenTheFirstLaterRecordComes() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      rig.send(later("t", END.minusMillis(1)), END.minusMillis(1));
      assertThat(rig.readModel()).hasSize(26);

      rig.send(later("u", END), END);

      assertThat(rig.everything().keySet())
          .isNotEmpty()
          .noneMatch(key -> key.contains("2026-03-04") || key.contains("s|i"));
      List<KeyValue<String, GlobalExplanation>> ended = rig.globals.readKeyValuesToList();
      assertThat(ended)
          .hasSize(13)
          .allMatch(sent -> sent.key.endsWith("|2026-03-04") && sent.value == null);
      assertThat(rig.withdrawn.isEmpty()).as("explanations have their own retention").isTrue();
      assertThat(rig.deadLetters.isEmpty()).isTrue();
    }
  }

  @Test
  void whatArrivesForAnExpiredDayIsTooLate() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(later("t", KNOWN_END), KNOWN_END);
      String before = rig.hash();

      rig.send(TestExplanations.of("s", "i", 1));
      rig.send(TestExplanations.outcome("s").setImageId("i").build(), NOW);

      assertThat(rig.deadLetters.readValuesToList())
          .extracting(letter -> letter.getReason() + " " + letter.getStage())
          .containsExactly("TOO_LATE contribute", "TOO_LATE contribute");
      assertThat(rig.hash()).isEqualTo(before);
    }
  }

  @Test
  void aTooLateExplanationIsKeptInItsDeadLetter() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(later("t", END), END);
      Explanation.Builder late = TestExplanations.of("s", "i", 1);

      rig.send(late);

      DeadLetter letter = rig.deadLetters.readValue();
      assertThat(AggregateRig.bytes(letter.getOriginal())).isEqualTo(rig.bytes(late.build()));
      assertThat(letter.getSourceTopic()).isEqualTo("fovea.explanations");
    }
  }

  @Test
  void outcomesAndMarksGoWhenNothingIsLeftThatTheyCouldBeAbout() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.outcome("waits").setImageId("i").build(), NOW);
      rig.send(TestExplanations.erasure("gone", NOW).build(), NOW);
      rig.send(later("t", KNOWN_END.minusMillis(1)), KNOWN_END.minusMillis(1));
      assertThat(rig.everything().keySet())
          .contains("outcomes waits|image|i", "erased gone")
          .filteredOn(key -> key.startsWith("expiries 2026"))
          .hasSize(2);

      rig.send(later("u", KNOWN_END), KNOWN_END);

      assertThat(rig.everything().keySet())
          .noneMatch(key -> key.contains("waits") || key.contains("gone"));
    }
  }

  @Test
  void anAcquisitionOfATimeToComeExpiresNothing() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      String before = rig.hash();

      rig.send(
          TestExplanations.of("t", "i", 2).setAcquiredAt(Instant.parse("2040-01-01T00:00:00Z")));
      rig.send(
          TestExplanations.of("t", "i", 2).setIngestedAt(Instant.parse("2040-01-01T00:00:00Z")));

      assertThat(rig.deadLetters.readValuesToList())
          .extracting(DeadLetter::getReason)
          .containsExactly("CLOCK", "CLOCK");
      assertThat(rig.hash()).isEqualTo(before);
    }
  }

  @Test
  void aCorrectionThatMovesTheDayLeavesNoTraceInTheIndex() {
    Instant yesterday = Instant.parse("2026-03-03T10:00:00Z");
    String moved;
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      rig.send(TestExplanations.of("s", "i", 2).setRevision(1).setAcquiredAt(yesterday));
      moved = rig.hash();
    }
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 2).setRevision(1).setAcquiredAt(yesterday));

      assertThat(rig.hash()).isEqualTo(moved);
    }
  }

  /** Accumulate has read from another task of contribute that time went on. */
  @Test
  void accumulateRefusesWhatItHasLetGo() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      HeldContributions held =
          (HeldContributions)
              Objects.requireNonNull(rig.entries("contributions", value -> value).get("s|i|m|1"));
      rig.send(later("t", END), END);
      String before = rig.hash();

      rig.sendDelta(new Delta(null, held.getCandidates().getFirst(), null), NOW);
      rig.sendDelta(new Delta(held.getCandidates().getFirst(), null, null), NOW);

      assertThat(rig.deadLetters.readValuesToList())
          .extracting(letter -> letter.getReason() + " " + letter.getStage())
          .containsExactly("TOO_LATE accumulate");
      assertThat(rig.hash()).isEqualTo(before);
    }
  }

  private static Explanation.Builder later(String subject, Instant at) {
    return TestExplanations.of(subject, "later", 5).setIngestedAt(at).setAcquiredAt(at);
  }
}
