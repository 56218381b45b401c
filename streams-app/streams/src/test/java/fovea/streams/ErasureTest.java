package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.Certificate;
import fovea.schema.DeadLetter;
import fovea.schema.Measured;
import fovea.schema.Region;
import fovea.schema.Removal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an erasure takes, what it leaves, and what it says. */
class ErasureTest {
  private static final Instant NOW = AggregateRig.NOW;
  private static final Instant LATER = NOW.plusSeconds(60);

  @TempDir Path directory;

  /**
   * Of 2,000 subjects 100 are erased while the images come: one half as soon as theirs have come,
   * the other half when those of twelve others have come after them.
   */
  @Test
  void whatIsErasedMightNeverHaveBeen() {
    assertThat(subjects().flatMap(ErasureTest::erasedBy).filter(ErasureTest::erased)).hasSize(100);
    SortedMap<String, ByteBuffer> without =
        statesOf(rig -> subjects().filter(i -> !erased(i)).forEach(i -> few(rig, i)));
    SortedMap<String, ByteBuffer> all = statesOf(rig -> subjects().forEach(i -> few(rig, i)));

    SortedMap<String, ByteBuffer> erased =
        statesOf(
            rig ->
                subjects()
                    .forEach(
                        i -> {
                          few(rig, i);
                          erasedBy(i).forEach(who -> erase(rig, who));
                        }));

    assertThat(erased).isNotEmpty().isEqualTo(without).isNotEqualTo(all);
  }

  private static IntStream subjects() {
    return IntStream.range(0, 2000);
  }

  private static boolean erased(int i) {
    return i % 20 == 7;
  }

  /** Who is erased when subject {@code i} has come: that one, or the one twelve before. */
  private static IntStream erasedBy(int i) {
    return IntStream.of(i, i - 12).filter(who -> who % 40 == (who == i ? 7 : 27));
  }

  private static void erase(AggregateRig rig, int i) {
    rig.send(TestExplanations.erasure("s" + i, LATER).build(), LATER);
  }

  /** Three images of every tenth subject, one of the others. */
  private static void few(AggregateRig rig, int i) {
    if (i % 10 == 7) {
      image(rig, i);
    } else {
      rig.send(TestExplanations.of("s" + i, "i" + i, 3L * i));
    }
  }

  /** Three images a subject at two sites, one with an outcome. */
  private static void image(AggregateRig rig, int i) {
    for (int image = 0; image < 3; image++) {
      rig.send(
          TestExplanations.measured(
                  "s" + i,
                  "i" + i + "." + image,
                  3L * i + image,
                  new Measured("DELETION", i / 2000.0))
              .setSite("site" + image % 2));
    }
    rig.send(
        TestExplanations.outcome("s" + i)
            .setImageId("i" + i + ".1")
            .setRegions(List.of(new Region("A", i % 16, 2, 5, 6)))
            .build(),
        NOW);
  }

  @Test
  void everythingOfTheSubjectGoesFromTheStoresButTheMark() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      image(rig, 1);
      rig.send(TestExplanations.outcome("s1").setExamId("e").build(), NOW);

      rig.send(TestExplanations.erasure("s1", LATER).build(), LATER);

      assertThat(rig.everything().keySet())
          .containsExactly("erased s1", "expiries 2026-03-06|erased|s1");
    }
  }

  @Test
  void explanationsGetTombstonesAndThoseComeBackUnheard() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      image(rig, 1);
      image(rig, 2);

      rig.send(TestExplanations.erasure("s1", LATER).build(), LATER);

      assertThat(rig.withdrawn.readKeyValuesToList())
          .containsExactlyInAnyOrder(
              new KeyValue<>("s1|i1.0|m|1", null),
              new KeyValue<>("s1|i1.1|m|1", null),
              new KeyValue<>("s1|i1.2|m|1", null));
      assertThat(rig.deadLetters.isEmpty()).isTrue();
      assertThat(rig.certificates.readValuesToList()).hasSize(3);
    }
  }

  @Test
  void aWrongPatientCorrectionTakesOneImage() {
    SortedMap<String, ByteBuffer> without =
        statesOf(
            rig -> {
              rig.send(TestExplanations.of("s", "mine", 1));
              rig.send(TestExplanations.of("t", "i", 2));
            });

    SortedMap<String, ByteBuffer> corrected =
        statesOf(
            rig -> {
              rig.send(TestExplanations.of("s", "mine", 1));
              rig.send(TestExplanations.of("s", "i", 2));
              rig.send(TestExplanations.outcome("s").setImageId("i").build(), NOW);
              rig.send(TestExplanations.erasure("s", LATER).setImageId("i").build(), LATER);
              rig.send(TestExplanations.of("t", "i", 2));
            });

    assertThat(corrected).isEqualTo(without);
  }

  @Test
  void imagesOnTheWayAreRefusedAndLaterOnesAreNot() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.erasure("s", LATER).build(), NOW);

      rig.send(TestExplanations.of("s", "i1", 1));
      rig.send(TestExplanations.of("s", "i2", 2).setIngestedAt(LATER));
      rig.send(TestExplanations.outcome("s").setImageId("i3").build(), NOW);
      assertThat(rig.states()).isEmpty();
      assertThat(rig.entries("outcomes", value -> value)).isEmpty();

      rig.send(TestExplanations.of("s", "i3", 3).setIngestedAt(LATER.plusMillis(1)));
      rig.send(TestExplanations.outcome("s").setImageId("i3").build(), LATER.plusMillis(1));

      assertThat(rig.entries("contributions", value -> value)).containsOnlyKeys("s|i3|m|1");
      assertThat(rig.states().keySet()).anyMatch(key -> key.contains("|TP|"));
      assertThat(rig.deadLetters.isEmpty()).as("a dead letter would keep what is erased").isTrue();
      assertThat(rig.withdrawn.readKeyValuesToList())
          .extracting(sent -> sent.key + (sent.value == null ? " gone" : " again"))
          .containsExactly("s|i1|m|1 gone", "s|i2|m|1 gone", "s|i3|m|1 again");
      assertThat(
              rig.meters.get("fovea.erased.refused").tag("kind", "explanation").counter().count())
          .isEqualTo(2);
      assertThat(rig.meters.get("fovea.erased.refused").tag("kind", "outcome").counter().count())
          .isEqualTo(1);
    }
  }

  @Test
  void anImageThatIsSentAgainLaterOutlivesTheErasure() {
    Instant again = LATER.plusSeconds(1);
    Consumer<AggregateRig> first = rig -> rig.send(TestExplanations.of("s", "i", 1).setRevision(5));
    Consumer<AggregateRig> replay =
        rig -> rig.send(TestExplanations.of("s", "i", 1).setRevision(5).setIngestedAt(again));
    Consumer<AggregateRig> older =
        rig -> rig.send(TestExplanations.of("s", "i", 9).setRevision(2).setIngestedAt(again));
    Consumer<AggregateRig> erasure =
        rig -> rig.send(TestExplanations.erasure("s", LATER).build(), LATER);

    for (Consumer<AggregateRig> survivor : List.of(replay, older)) {
      String alone = hashOf(survivor, erasure);
      assertThat(hashOf(first, survivor, erasure)).isEqualTo(alone);
      assertThat(hashOf(survivor, first, erasure)).isEqualTo(alone);
      assertThat(hashOf(first, erasure, survivor)).isEqualTo(alone);
      assertThat(hashOf(erasure, survivor, first)).isEqualTo(alone);
    }
    assertThat(hashOf(first, erasure)).isNotEqualTo(hashOf(replay, erasure));
  }

  @Test
  void contributeCertifiesWhatItRemovedAndUntilWhenTracesRemain() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      image(rig, 1);

      rig.send(TestExplanations.erasure("s1", LATER).build(), LATER);

      List<KeyValue<String, Certificate>> sent = rig.certificates.readKeyValuesToList();
      assertThat(sent).allMatch(one -> one.key.equals("s1"));
      assertThat(sent).allMatch(one -> "r-s1".equals(one.value.getRequestId()));
      assertThat(sent)
          .extracting(
              one ->
                  "%s %d/%d"
                      .formatted(one.value.getStage(), one.value.getPart(), one.value.getParts()))
          .containsExactlyInAnyOrder("contribute 1/1", "accumulate 1/2", "accumulate 2/2");
      Map<String, Removal> contribute = places(sent, "contribute", 1);
      assertThat(removal(contribute, "fovea-aggregate-contributions-changelog").getRecords())
          .isEqualTo(3);
      assertThat(removal(contribute, "fovea-aggregate-outcomes-changelog").getRecords())
          .isEqualTo(1);
      assertThat(removal(contribute, "fovea.explanations").getTracesUntil())
          .isEqualTo(NOW.plus(Duration.ofDays(2)));
      assertThat(removal(contribute, "fovea.images").getTracesUntil())
          .isEqualTo(LATER.plus(Duration.ofDays(8)));
      assertThat(removal(contribute, "fovea.outcomes").getTracesUntil())
          .isEqualTo(LATER.plus(Duration.ofDays(401)));
      assertThat(removal(contribute, "fovea-aggregate-erased-changelog").getTracesUntil())
          .isEqualTo(Instant.parse("2026-03-07T00:00:00Z").plus(Duration.ofDays(402)));
      assertThat(contribute)
          .containsKeys(
              "RocksDB",
              "fovea.dead-letters",
              "fovea.erasures",
              "fovea.certificates",
              "fovea-aggregate-expiries-changelog",
              "fovea-aggregate-deltas-repartition",
              "fovea-aggregate-outcomes-repartition",
              "fovea-aggregate-erasures-repartition");
    }
  }

  @Test
  void accumulateCertifiesWhatItSubtractedAndWhatIsNotRecomputed() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      image(rig, 1);

      rig.send(TestExplanations.erasure("s1", LATER).build(), LATER);

      List<KeyValue<String, Certificate>> sent = rig.certificates.readKeyValuesToList();
      Map<String, Removal> accumulate = places(sent, "accumulate", 1);
      assertThat(removal(accumulate, "fovea-aggregate-moments-changelog").getRecords())
          .isEqualTo(2);
      assertThat(removal(accumulate, "fovea.validations").getNote()).contains("not recomputed");
      assertThat(removal(accumulate, "fovea.alarms").getNote()).contains("not recomputed");
      assertThat(accumulate)
          .containsKeys(
              "fovea.global-explanations",
              "fovea-aggregate-folds-changelog",
              "fovea-aggregate-quality-changelog",
              "fovea-aggregate-counters-changelog");
    }
  }

  @Test
  void theStateWithoutTheSubjectLeavesBeforeItsCertificate() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      image(rig, 1);
      image(rig, 2);
      rig.readModel();

      rig.send(TestExplanations.erasure("s1", LATER).build(), LATER);

      assertThat(rig.globals.readValuesToList())
          .filteredOn(Objects::nonNull)
          .anyMatch(global -> global.getBasis().equals("ALL") && global.getN() == 1);
    }
  }

  @Test
  void anErasureOfWhoIsNotKnownIsCertifiedToo() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.erasure("nobody", LATER).build(), LATER);

      assertThat(rig.certificates.readValuesToList())
          .extracting(Certificate::getStage)
          .containsExactlyInAnyOrder("contribute", "accumulate");
    }
  }

  @Test
  void whatIsNoErasureIsADeadLetter() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.erasures.pipeInput(new byte[] {1}, new byte[] {2}, NOW);
      rig.send(TestExplanations.erasure(" ", NOW).build(), NOW);
      rig.send(TestExplanations.erasure("s", NOW).setImageId("").build(), NOW);
      rig.send(TestExplanations.erasure("s", NOW.plus(Duration.ofHours(25))).build(), NOW);

      assertThat(rig.deadLetters.readValuesToList())
          .extracting(DeadLetter::getReason)
          .containsExactly("SCHEMA", "FIELD", "FIELD", "CLOCK");
      assertThat(rig.certificates.isEmpty()).isTrue();
      assertThat(rig.everything()).isEmpty();
    }
  }

  private SortedMap<String, ByteBuffer> statesOf(Consumer<AggregateRig> run) {
    try (AggregateRig rig = new AggregateRig(directory)) {
      run.accept(rig);
      SortedMap<String, ByteBuffer> out = new TreeMap<>();
      rig.everything()
          .forEach(
              (key, value) -> {
                if (key.matches("(moments|folds|quality|counters) .*")) {
                  out.put(key, ByteBuffer.wrap(value));
                }
              });
      return out;
    }
  }

  @SafeVarargs
  private String hashOf(Consumer<AggregateRig>... steps) {
    try (AggregateRig rig = new AggregateRig(directory)) {
      for (Consumer<AggregateRig> step : steps) {
        step.accept(rig);
      }
      return rig.hash();
    }
  }

  private static Map<String, Removal> places(
      List<KeyValue<String, Certificate>> sent, String stage, int part) {
    return sent.stream()
        .map(one -> one.value)
        .filter(one -> one.getStage().equals(stage) && one.getPart() == part)
        .flatMap(one -> one.getRemoved().stream())
        .collect(Collectors.toMap(Removal::getPlace, removal -> removal));
  }

  private static Removal removal(Map<String, Removal> places, String name) {
    return Objects.requireNonNull(places.get(name), name);
  }
}
