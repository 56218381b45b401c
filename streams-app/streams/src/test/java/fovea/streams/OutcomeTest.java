package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.moments.Folds;
import fovea.core.moments.Moments;
import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an outcome makes of what its image contributed. */
class OutcomeTest {
  private static final Instant NOW = AggregateRig.NOW;
  private static final String HEAD = "m|1|fp32.0123456789abcdef|OP.any.L.4x3|";
  private static final String TAIL = "|north|2026-03-04";
  private static final String COUNTERS = HEAD + "COUNTERS||NONE" + TAIL;

  @TempDir Path directory;

  /** The model decided A and not B. */
  @Test
  void predictedAndConfirmedMakeTheFourCells() {
    assertThat(basesUnder(outcome(List.of("A"), List.of())))
        .containsExactly("A|ALL", "A|CONFIRMED", "A|PREDICTED", "A|TP", "B|ALL", "B|TN");
    assertThat(basesUnder(outcome(List.of("B"), List.of())))
        .containsExactly("A|ALL", "A|FP", "A|PREDICTED", "B|ALL", "B|CONFIRMED", "B|FN");
    assertThat(basesUnder(outcome(List.of(), List.of())))
        .containsExactly("A|ALL", "A|FP", "A|PREDICTED", "B|ALL", "B|TN");
  }

  @Test
  void ofALabelThatWasNotLookedForNothingIsKnown() {
    assertThat(basesUnder(outcome(List.of(), List.of("A"))))
        .containsExactly("A|ALL", "A|FP", "A|PREDICTED", "B|ALL");
    assertThat(basesUnder(outcome(List.of("B"), List.of("A"))))
        .as("what is named was looked for")
        .containsExactly("A|ALL", "A|FP", "A|PREDICTED", "B|ALL", "B|CONFIRMED", "B|FN");
  }

  @Test
  void theShareOfImagesWithAnOutcomeStandsBesideThem() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      for (int i = 0; i < 4; i++) {
        rig.send(TestExplanations.of("s" + i, "i", i));
      }
      rig.send(TestExplanations.misaligned("s4", "i", 4));

      rig.send(outcome(List.of("A"), List.of()).setSubjectId("s0").build(), NOW);
      rig.send(outcome(List.of(), List.of("A")).setSubjectId("s1").build(), NOW);
      rig.send(outcome(List.of(), List.of("A")).setSubjectId("s4").build(), NOW);

      assertThat(at(rig.readModel(), COUNTERS).getCounters())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "scored", 5L,
                  "aggregated", 4L,
                  "rejected.ASPECT", 1L,
                  "withOutcome", 2L,
                  "assessed.A", 2L,
                  "assessed.B", 1L));
    }
  }

  @Test
  void whereTheRecordLacksALabelsMapItsCellsAreNotAvailable() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      Explanation e = TestExplanations.of("s", "i", 1).build();
      Explanation.Builder without = TestExplanations.of("s", "i", 1);
      without
          .getLabels()
          .set(1, LabelExplanation.newBuilder(e.getLabels().get(1)).setEvidence(null).build());
      rig.send(without);

      rig.send(outcome(List.of("B"), List.of()).build(), NOW);

      assertThat(bases(rig)).containsExactly("A|ALL", "A|FP", "A|PREDICTED");
      assertThat(at(rig.readModel(), COUNTERS).getCounters())
          .containsEntry("withOutcome", 1L)
          .containsEntry("assessed.A", 1L)
          .doesNotContainKey("assessed.B");
    }
  }

  @Test
  void anOutcomeWaitsForItsImage() {
    assertThat(
            hash(
                rig -> {
                  rig.send(outcome(List.of("A"), List.of()).build(), NOW);
                  rig.send(TestExplanations.of("s", "i", 1));
                }))
        .isEqualTo(
            hash(
                rig -> {
                  rig.send(TestExplanations.of("s", "i", 1));
                  rig.send(outcome(List.of("A"), List.of()).build(), NOW);
                }));
  }

  @Test
  void anOutcomeOfAnExamReachesItsImagesWhicheverCameFirst() {
    Outcome exam = outcome(List.of("A"), List.of()).setImageId(null).setExamId("e").build();
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i1", 1).setExamId("e"));
      rig.send(exam, NOW);
      rig.send(TestExplanations.of("s", "i2", 2).setExamId("e"));
      rig.send(TestExplanations.of("s", "i3", 3).setExamId("other"));
      rig.send(TestExplanations.of("s", "i4", 4));
      rig.send(TestExplanations.of("t", "i5", 5).setExamId("e"));

      Map<String, GlobalExplanation> read = rig.readModel();
      assertThat(at(read, key("A|TP")).getN()).isEqualTo(2);
      assertThat(at(read, key("A|ALL")).getN()).isEqualTo(5);
    }
  }

  @Test
  void anImagesOwnOutcomeWinsOverItsExams() {
    Outcome exam =
        outcome(List.of("A"), List.of())
            .setImageId(null)
            .setExamId("e")
            .setConfirmedAt(NOW.plusSeconds(7200))
            .build();
    Outcome own = outcome(List.of("B"), List.of()).build();
    for (List<Outcome> order : List.of(List.of(exam, own), List.of(own, exam))) {
      try (AggregateRig rig = new AggregateRig(directory)) {
        rig.send(TestExplanations.of("s", "i", 1).setExamId("e"));

        order.forEach(outcome -> rig.send(outcome, NOW));

        assertThat(bases(rig)).contains("A|FP", "B|FN").doesNotContain("A|TP");
      }
    }
  }

  @Test
  void theNewestOutcomeHoldsWhateverTheOrder() {
    Outcome old = outcome(List.of("A"), List.of()).build();
    Outcome changed =
        outcome(List.of("B"), List.of()).setConfirmedAt(NOW.plusSeconds(9000)).build();
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      rig.send(old, NOW);
      rig.send(changed, NOW);
      rig.send(old, NOW);
      rig.send(changed, NOW);

      assertThat(bases(rig))
          .containsExactly("A|ALL", "A|FP", "A|PREDICTED", "B|ALL", "B|CONFIRMED", "B|FN");
      assertThat(at(rig.readModel(), key("B|FN")).getN()).isEqualTo(1);
    }
  }

  @Test
  void ofOneMomentTheGreaterBytesHold() {
    Outcome a = outcome(List.of("A"), List.of()).build();
    Outcome b = outcome(List.of("B"), List.of()).build();

    assertThat(hash(rig -> List.of(a, b).forEach(one -> rig.send(one, NOW))))
        .isEqualTo(hash(rig -> List.of(b, a).forEach(one -> rig.send(one, NOW))));
  }

  @Test
  void aCorrectedImageKeepsItsOutcome() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      rig.send(outcome(List.of("A"), List.of()).build(), NOW);

      rig.send(TestExplanations.of("s", "i", 2).setRevision(1).setSite("south"));

      assertThat(rig.states().keySet())
          .contains(HEAD + "EVIDENCE|A|TP|south|2026-03-04")
          .noneMatch(key -> key.contains("|north|"));
    }
  }

  @Test
  void foldsAreKeptOfWhatWasPredictedAndOfWhatWasConfirmedAndAgreeWithTheState() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      for (int i = 0; i < 30; i++) {
        rig.send(TestExplanations.of("s" + i, "i", i));
        rig.send(
            outcome(List.of(i % 2 == 0 ? "A" : "B"), List.of()).setSubjectId("s" + i).build(), NOW);
      }

      Map<String, GlobalExplanation> read = rig.readModel();
      read.forEach(
          (key, global) ->
              assertThat(global.getFolds() != null)
                  .as(key)
                  .isEqualTo(key.matches(".*ATTENTION_MAX1.*(PREDICTED|CONFIRMED).*")));
      GlobalExplanation confirmed = at(read, key("B|CONFIRMED"));
      Folds folds = Folds.read(AggregateRig.bytes(confirmed.getFolds()));
      assertThat(folds.n()).isEqualTo(15).isEqualTo(confirmed.getN());
      assertThat(folds.snapshot().mean())
          .containsExactly(
              Moments.read(AggregateRig.bytes(confirmed.getState())).snapshot().mean());
      assertThat(folds.n(AggregateRig.FINGERPRINT.fold("s1"))).isPositive();
    }
  }

  @Test
  void whatIsNoOutcomeIsADeadLetterWithItsSource() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.outcomes.pipeInput(new byte[] {1}, new byte[] {2, 3}, NOW);
      rig.outcomes.pipeInput(null, new byte[] {2, 3}, NOW);
      rig.outcomes.pipeInput(new byte[] {1}, null, NOW);
      rig.send(outcome(List.of(), List.of()).setExamId("e").build(), NOW);
      rig.send(outcome(List.of(), List.of()).setImageId(null).build(), NOW);
      rig.send(outcome(List.of(" "), List.of()).build(), NOW);
      rig.send(outcome(List.of(), List.of()).setConfirmedAt(NOW.plusSeconds(90_000)).build(), NOW);

      List<DeadLetter> letters = rig.deadLetters.readValuesToList();
      assertThat(letters)
          .extracting(DeadLetter::getReason)
          .containsExactly("SCHEMA", "SCHEMA", "FIELD", "FIELD", "FIELD", "CLOCK");
      assertThat(letters).allMatch(letter -> letter.getSourceTopic().equals("fovea.outcomes"));
      assertThat(rig.everything()).isEmpty();
    }
  }

  private SortedSet<String> basesUnder(Outcome.Builder outcome) {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      rig.send(outcome.build(), NOW);
      return bases(rig);
    }
  }

  /** Label and basis of every attention map there is. */
  private static SortedSet<String> bases(AggregateRig rig) {
    SortedSet<String> out = new TreeSet<>();
    for (String key : rig.states().keySet()) {
      if (key.contains("ATTENTION_MAX1")) {
        String[] parts = key.split("\\|");
        out.add(parts[5] + "|" + parts[6]);
      }
    }
    return out;
  }

  private String hash(Consumer<AggregateRig> run) {
    try (AggregateRig rig = new AggregateRig(directory)) {
      run.accept(rig);
      assertThat(rig.everything()).isNotEmpty();
      return rig.hash();
    }
  }

  private static Outcome.Builder outcome(List<String> labels, List<String> assessed) {
    return TestExplanations.outcome("s").setImageId("i").setLabels(labels).setAssessed(assessed);
  }

  private static String key(String labelAndBasis) {
    return HEAD + "ATTENTION_MAX1|" + labelAndBasis + TAIL;
  }

  private static GlobalExplanation at(Map<String, GlobalExplanation> read, String key) {
    return Objects.requireNonNull(read.get(key), key);
  }
}
