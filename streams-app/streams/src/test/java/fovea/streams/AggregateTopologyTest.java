package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Moments;
import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.LabelExplanation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateTopologyTest {
  private static final String HEAD = "m|1|fp32.0123456789abcdef|OP.any.L.4x3|";
  private static final String TAIL = "|north|2026-03-04";
  private static final String COUNTERS = HEAD + "COUNTERS||NONE" + TAIL;

  @TempDir Path directory;

  @Test
  void oneImageIsSummedUnderEveryLabelQuantityAndBasis() {
    try (AggregateRig rig = new AggregateRig(directory)) {

      rig.send(TestExplanations.of("s", "i", 1));

      assertThat(rig.states().keySet())
          .containsExactlyInAnyOrder(
              HEAD + "ATTENTION_MAX1|A|ALL" + TAIL,
              HEAD + "ATTENTION_MAX1|A|PREDICTED" + TAIL,
              HEAD + "ATTENTION_MAX1|B|ALL" + TAIL,
              HEAD + "EVIDENCE|A|ALL" + TAIL,
              HEAD + "EVIDENCE|A|PREDICTED" + TAIL,
              HEAD + "EVIDENCE|B|ALL" + TAIL,
              HEAD + "EVIDENCE_POSITIVE|A|ALL" + TAIL,
              HEAD + "EVIDENCE_POSITIVE|A|PREDICTED" + TAIL,
              HEAD + "EVIDENCE_POSITIVE|B|ALL" + TAIL,
              HEAD + "QUALITY|A|ALL" + TAIL,
              HEAD + "QUALITY|A|PREDICTED" + TAIL,
              HEAD + "QUALITY|B|ALL" + TAIL,
              COUNTERS);
    }
  }

  @Test
  void theStateIsTheSumOfTheImagesMaps() {
    Moments attention = Moments.empty(4, 3, -14);
    Moments evidence = Moments.empty(4, 3, TestExplanations.EXPONENT);
    Moments positive = Moments.empty(4, 3, TestExplanations.EXPONENT);
    try (AggregateRig rig = new AggregateRig(directory)) {

      for (int i = 0; i < 10; i++) {
        Explanation e = TestExplanations.of("s", "i" + i, i).build();
        long mark = AggregateRig.FINGERPRINT.of(e.getImageId(), e.getPayloadSha256());
        Attention max1 = Attention.max1(TestExplanations.grid(e, 1), 3, true);
        attention.add(new CellMap(max1.grid(), max1.empty(), 0, mark));
        evidence.add(new CellMap(TestExplanations.grid(e, 1), false, 2, mark));
        positive.add(new CellMap(positive(TestExplanations.grid(e, 1)), false, 0, mark));
        rig.send(TestExplanations.of("s", "i" + i, i));
      }

      Map<String, GlobalExplanation> read = rig.readModel();
      assertThat(state(at(read, HEAD + "EVIDENCE_POSITIVE|B|ALL" + TAIL))).isEqualTo(positive);
      assertThat(state(at(read, HEAD + "ATTENTION_MAX1|B|ALL" + TAIL))).isEqualTo(attention);
      assertThat(state(at(read, HEAD + "EVIDENCE|B|ALL" + TAIL))).isEqualTo(evidence);
      assertThat(at(read, COUNTERS).getCounters())
          .containsExactlyInAnyOrderEntriesOf(Map.of("scored", 10L, "aggregated", 10L));
      assertThat(at(read, COUNTERS).getBasis()).isEmpty();
      assertThat(at(read, COUNTERS).getN()).isEqualTo(10);
    }
  }

  @Test
  void aReplayChangesNothing() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      SortedMap<String, byte[]> once = rig.states();
      rig.readModel();

      rig.send(TestExplanations.of("s", "i", 1));

      assertSame(rig.states(), once);
      assertThat(rig.readModel()).isEmpty();
    }
  }

  @Test
  void aGreaterRevisionReplacesAndALesserIsIgnored() {
    SortedMap<String, byte[]> newest = statesOf(TestExplanations.of("s", "i", 2).setRevision(7));

    assertSame(
        statesOf(
            TestExplanations.of("s", "i", 1).setRevision(3),
            TestExplanations.of("s", "i", 2).setRevision(7)),
        newest);
    assertSame(
        statesOf(
            TestExplanations.of("s", "i", 2).setRevision(7),
            TestExplanations.of("s", "i", 1).setRevision(3)),
        newest);
  }

  @Test
  void ofOneRevisionTheGreaterDigestWinsWhateverTheOrder() {
    SortedMap<String, byte[]> greater = statesOf(TestExplanations.of("s", "i", 2));

    assertSame(
        statesOf(TestExplanations.of("s", "i", 1), TestExplanations.of("s", "i", 2)), greater);
    assertSame(
        statesOf(TestExplanations.of("s", "i", 2), TestExplanations.of("s", "i", 1)), greater);
  }

  @Test
  void aCorrectionOfTheSiteMovesTheImageAndEndsTheOldState() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      assertThat(rig.readModel()).hasSize(13);

      rig.send(TestExplanations.of("s", "i", 1).setSite("south").setRevision(1));

      assertThat(rig.states().keySet()).hasSize(13).allMatch(key -> key.contains("|south|"));
      List<KeyValue<String, GlobalExplanation>> atOnce = rig.globals.readKeyValuesToList();
      assertThat(atOnce)
          .as("the end leaves with the transaction that deletes")
          .hasSize(13)
          .allMatch(sent -> sent.key.contains("|north|") && sent.value == null);
    }
  }

  @Test
  void aMisalignedImageIsCountedAndNotAggregated() {
    try (AggregateRig rig = new AggregateRig(directory)) {

      rig.send(TestExplanations.misaligned("s", "i", 1));

      Map<String, GlobalExplanation> read = rig.readModel();
      assertThat(read).containsOnlyKeys(COUNTERS);
      assertThat(at(read, COUNTERS).getCounters())
          .containsExactlyInAnyOrderEntriesOf(Map.of("scored", 1L, "rejected.ASPECT", 1L));
    }
  }

  @Test
  void whatIsAggregatedAndWhatIsRejectedMakeUpAllExplanations() {
    try (AggregateRig rig = new AggregateRig(directory)) {

      for (int i = 0; i < 30; i++) {
        rig.send(
            i % 3 == 0
                ? TestExplanations.misaligned("s" + i, "i", i)
                : TestExplanations.of("s" + i, "i", i));
        rig.send(TestExplanations.of("s" + i, "i", i));
      }

      Map<String, GlobalExplanation> read = rig.readModel();
      long rejected = count(at(read, COUNTERS), "rejected.ASPECT");
      long all = at(read, HEAD + "ATTENTION_MAX1|A|ALL" + TAIL).getN();
      assertThat(rejected).isEqualTo(10);
      assertThat(all + rejected).isEqualTo(30);
      assertThat(count(at(read, COUNTERS), "scored")).isEqualTo(30);
    }
  }

  @Test
  void labelsWithoutGridAddNothing() {
    Explanation e = TestExplanations.of("s", "i", 1).build();
    Explanation.Builder without = TestExplanations.of("s", "i", 1);
    without
        .getLabels()
        .set(1, LabelExplanation.newBuilder(e.getLabels().get(1)).setEvidence(null).build());

    assertThat(statesOf(without).keySet()).noneMatch(key -> key.contains("|B|"));
  }

  @Test
  void bytesThatAreNoExplanationAreADeadLetter() {
    byte[] bad = "not avro".getBytes(StandardCharsets.UTF_8);
    try (AggregateRig rig = new AggregateRig(directory)) {

      rig.explanations.pipeInput(new byte[] {1}, bad, AggregateRig.NOW);
      rig.send(TestExplanations.of("s", "i", 1));

      DeadLetter letter = rig.deadLetters.readValue();
      assertThat(letter.getReason()).isEqualTo("SCHEMA");
      assertThat(letter.getStage()).isEqualTo("contribute");
      assertThat(letter.getOriginal()).isEqualTo(ByteBuffer.wrap(bad));
      assertThat(rig.readModel()).hasSize(13);
    }
  }

  @Test
  void anExplanationThatContradictsItselfIsADeadLetter() {
    try (AggregateRig rig = new AggregateRig(directory)) {

      rig.send(TestExplanations.of("s", "i1", 1).setGridHeight(5));
      rig.send(TestExplanations.of("s", "i2", 1).setFrame("OP.any.L.5x3").setGridHeight(5));
      rig.send(TestExplanations.of("s", "i3", 1).setSite(" "));
      rig.send(TestExplanations.of("s", "i4", 1).setScaleExponent(31));

      assertThat(rig.deadLetters.readValuesToList())
          .extracting(DeadLetter::getReason)
          .containsExactly("FIELD", "FIELD", "FIELD", "FIELD");
      assertThat(rig.states()).isEmpty();
    }
  }

  @Test
  void aTombstoneOnExplanationsIsIgnored() {
    try (AggregateRig rig = new AggregateRig(directory)) {

      rig.explanations.pipeInput(new byte[] {1}, null, AggregateRig.NOW);

      assertThat(rig.deadLetters.isEmpty()).isTrue();
      assertThat(rig.states()).isEmpty();
    }
  }

  @Test
  void aContributionThatDoesNotFitItsStateIsADeadLetterAndChangesNothing() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i1", 1));
      SortedMap<String, byte[]> before = rig.states();

      rig.send(TestExplanations.of("s", "i2", 2).setScaleExponent(-9));

      DeadLetter letter = rig.deadLetters.readValue();
      assertThat(letter.getReason()).isEqualTo("FIELD");
      assertThat(letter.getStage()).isEqualTo("accumulate");
      assertThat(letter.getOriginal()).isNotNull();
      assertSame(rig.states(), before);
    }
  }

  @Test
  void whatDidNotFitDoesNotKeepItsCorrectionOut() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i1", 1));
      rig.send(TestExplanations.of("s", "i2", 2).setScaleExponent(-9));

      rig.send(TestExplanations.of("s", "i2", 2).setRevision(1));

      assertSame(
          rig.states(),
          statesOf(TestExplanations.of("s", "i1", 1), TestExplanations.of("s", "i2", 2)));
      assertThat(rig.deadLetters.readValuesToList()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2000, 64 << 20})
  void theCachesSizeDoesNotChangeTheState(long cacheBytes) {
    List<Explanation.Builder> sent =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    TestExplanations.of("s" + i % 7, "i" + i % 40, i)
                        .setRevision(i)
                        .setSite("site" + i % 5))
            .toList();
    SortedMap<String, byte[]> expected = statesOf(sent.toArray(Explanation.Builder[]::new));
    try (AggregateRig rig = new AggregateRig(directory, cacheBytes)) {

      sent.forEach(rig::send);

      assertSame(rig.states(), expected);
    }
  }

  @Test
  void theOrderOfArrivalDoesNotChangeABit() {
    List<Explanation.Builder> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sent.add(
          TestExplanations.of("s" + i % 9, "i" + i % 30, i)
              .setRevision(i % 4)
              .setSite("site" + i % 3));
    }
    SortedMap<String, byte[]> expected = statesOf(sent.toArray(Explanation.Builder[]::new));

    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(sent, new Random(seed));

      assertSame(statesOf(sent.toArray(Explanation.Builder[]::new)), expected);
    }
  }

  @Test
  void aStateLeavesAtMostOncePerInterval() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      for (int i = 0; i < 100; i++) {
        rig.send(TestExplanations.of("s", "i" + i, i));
      }
      assertThat(rig.globals.isEmpty()).isTrue();

      rig.pass(Duration.ofMillis(999));
      assertThat(rig.globals.isEmpty()).isTrue();

      rig.pass(Duration.ofMillis(1));
      assertThat(rig.globals.readKeyValuesToList())
          .hasSize(13)
          .extracting(sent -> sent.key)
          .doesNotHaveDuplicates();

      rig.pass(Duration.ofSeconds(10));
      assertThat(rig.globals.isEmpty()).as("nothing changed").isTrue();
    }
  }

  @Test
  void onlyWhatChangedLeaves() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i1", 1));
      rig.send(TestExplanations.of("s", "i2", 1).setSite("south"));
      rig.readModel();

      rig.send(TestExplanations.of("s", "i3", 1));

      assertThat(rig.readModel())
          .hasSize(13)
          .allSatisfy((key, value) -> assertThat(key).endsWith(TAIL));
    }
  }

  @Test
  void afterAStartEveryStateLeavesAgain() {
    try (AggregateRig before = new AggregateRig(directory.resolve("before"));
        AggregateRig after = new AggregateRig(directory.resolve("after"))) {
      before.send(TestExplanations.of("s", "i1", 1));
      for (String store : List.of("moments", "folds", "quality", "counters")) {
        before.store(store).all().forEachRemaining(e -> after.store(store).put(e.key, e.value));
      }

      assertThat(after.readModel()).isEqualTo(before.readModel()).hasSize(13);
    }
  }

  private SortedMap<String, byte[]> statesOf(Explanation.Builder... sent) {
    try (AggregateRig rig = new AggregateRig(directory.resolve("of"))) {
      Arrays.stream(sent).forEach(rig::send);
      return rig.states();
    }
  }

  private static void assertSame(SortedMap<String, byte[]> actual, SortedMap<String, byte[]> as) {
    assertThat(comparable(actual)).isNotEmpty().isEqualTo(comparable(as));
  }

  private static SortedMap<String, ByteBuffer> comparable(SortedMap<String, byte[]> states) {
    SortedMap<String, ByteBuffer> out = new TreeMap<>();
    states.forEach((key, state) -> out.put(key, ByteBuffer.wrap(state)));
    return out;
  }

  private static CellGrid positive(CellGrid grid) {
    short[] cells = grid.cells().clone();
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i] < 0 ? 0 : cells[i];
    }
    return new CellGrid(grid.height(), grid.width(), grid.scaleExponent(), cells);
  }

  private static GlobalExplanation at(Map<String, GlobalExplanation> read, String key) {
    return Objects.requireNonNull(read.get(key), key);
  }

  private static long count(GlobalExplanation counters, String name) {
    return Objects.requireNonNull(counters.getCounters().get(name), name);
  }

  private static Moments state(GlobalExplanation global) {
    byte[] bytes = new byte[global.getState().remaining()];
    global.getState().duplicate().get(bytes);
    return Moments.read(bytes);
  }
}
