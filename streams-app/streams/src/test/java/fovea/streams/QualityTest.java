package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import fovea.core.aggregate.Counters;
import fovea.core.evaluation.Region;
import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.quality.Concentration;
import fovea.core.quality.FrameZones;
import fovea.core.quality.Localisation;
import fovea.core.quality.QualityMeasure;
import fovea.core.quality.QualitySums;
import fovea.core.quality.QualityTally;
import fovea.core.quality.ZoneConsistency;
import fovea.schema.Alignment;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.Measured;
import fovea.schema.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is summed of how good explanations are. */
class QualityTest {
  private static final Instant NOW = AggregateRig.NOW;
  private static final Offset<Double> ROUNDED = Offset.offset(1e-7);
  private static final String HEAD = "m|1|fp32.0123456789abcdef|OP.any.L.4x3|";
  private static final String TAIL = "|north|2026-03-04";
  private static final String A = HEAD + "QUALITY|A|ALL" + TAIL;

  /** The left upper quarter of the frame, of an image of 16 x 16 pixels. */
  private static final fovea.schema.Region LEFT = new fovea.schema.Region("A", 0, 0, 8, 8);

  @TempDir Path directory;

  @Test
  void everyImageIsMeasuredByWhatItsEvidenceSays() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      double gini = 0;
      double entropy = 0;
      for (int i = 1; i <= 4; i++) {
        Explanation.Builder e = TestExplanations.of("s" + i, "i", i).setResidual(0.25 * i);
        CellGrid attention = attention(e.build());
        gini += Concentration.gini(attention).orElseThrow() / 4;
        entropy += Concentration.entropy(attention).orElseThrow() / 4;
        rig.send(e);
      }
      Map<String, GlobalExplanation> read = rig.readModel();

      assertThat(read.keySet())
          .filteredOn(key -> key.contains("|QUALITY|"))
          .containsExactly(A, HEAD + "QUALITY|A|PREDICTED" + TAIL, HEAD + "QUALITY|B|ALL" + TAIL);
      assertThat(at(read).getN()).isEqualTo(4);
      assertThat(tally(read, QualityMeasure.SPARSENESS).mean()).isEqualTo(gini, ROUNDED);
      assertThat(tally(read, QualityMeasure.ENTROPY).mean()).isEqualTo(entropy, ROUNDED);
      assertThat(tally(read, QualityMeasure.RESIDUAL).n()).isEqualTo(4);
    }
  }

  @Test
  void theResidualIsRelativeToTheGreatestEvidence() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      Explanation e = TestExplanations.of("s", "i", 1).setResidual(0.5).build();
      double greatest = 1;
      for (int label = 0; label < 2; label++) {
        CellGrid grid = TestExplanations.grid(e, label);
        for (short cell : grid.cells()) {
          greatest = Math.max(greatest, Math.abs(Math.scalb((double) cell, grid.scaleExponent())));
        }
      }
      rig.send(TestExplanations.of("s", "i", 1).setResidual(0.5));
      rig.send(TestExplanations.of("t", "not checked", 2).setResidual(null));

      QualityTally residual = tally(rig.readModel(), QualityMeasure.RESIDUAL);
      assertThat(residual.n()).isEqualTo(1);
      assertThat(residual.undefined()).isZero();
      assertThat(residual.mean()).isEqualTo(0.5 / greatest, ROUNDED);
    }
  }

  @Test
  void anEmptyMapIsCountedAsUndefined() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1).setFloor(Short.MAX_VALUE));

      Map<String, GlobalExplanation> read = rig.readModel();
      assertThat(at(read).getN()).isEqualTo(1);
      assertThat(tally(read, QualityMeasure.SPARSENESS).n()).isZero();
      assertThat(tally(read, QualityMeasure.SPARSENESS).undefined()).isEqualTo(1);
    }
  }

  @Test
  void measuresThatCameAreSummedAndUnknownOnesOnlyCounted() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(with("s", new Measured("STABILITY", 1.0), new Measured("DELETION", 0.25)));
      rig.send(with("t", new Measured("STABILITY", 0.0), new Measured("DELETION", Double.NaN)));
      rig.send(with("u", new Measured("BEAUTY", 9.0), new Measured("", 1.0)));
      rig.send(with("v", new Measured("STABILITY", 1.0), new Measured("STABILITY", 0.0)));
      rig.send(with("w", new Measured("SPARSENESS", 7.0)));

      Map<String, GlobalExplanation> read = rig.readModel();
      assertThat(tally(read, QualityMeasure.STABILITY).n()).isEqualTo(3);
      assertThat(tally(read, QualityMeasure.STABILITY).mean()).isEqualTo(2 / 3.0);
      assertThat(tally(read, QualityMeasure.DELETION).mean()).isEqualTo(0.25);
      assertThat(tally(read, QualityMeasure.DELETION).undefined()).isEqualTo(1);
      assertThat(tally(read, QualityMeasure.SPARSENESS).n()).as("is derived").isEqualTo(5);
      assertThat(counters(read)).containsEntry("ignoredMeasures", 3L);
      assertThat(rig.deadLetters.isEmpty()).isTrue();
    }
  }

  @Test
  void aConfirmedRegionIsHeldAgainstTheMap() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      Explanation e = TestExplanations.of("s", "i", 1).build();
      rig.send(TestExplanations.of("s", "i", 1));
      rig.send(outcome(1, List.of("A"), LEFT).build(), NOW);

      Map<String, GlobalExplanation> read = rig.readModel();
      assertMeasured(read, attention(e), new double[] {1, 0.5, 0});
      assertThat(counters(read)).doesNotContainKey("ignoredRegions");
    }
  }

  @Test
  void aRegionIsMirroredWithTheGrid() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      Explanation e = TestExplanations.of("s", "i", 1).build();
      rig.send(
          TestExplanations.of("s", "i", 1)
              .setAlignment(new Alignment("ALIGNED", "GRID_MIRRORED", null)));
      rig.send(outcome(1, List.of("A"), LEFT).build(), NOW);

      assertMeasured(rig.readModel(), attention(e), new double[] {0, 0.5, 1});
    }
  }

  /** Of 4 x 3 cells the left half of the width is one and a half columns, of two rows. */
  private static void assertMeasured(
      Map<String, GlobalExplanation> read, CellGrid attention, double[] row) {
    double[] weights = new double[12];
    System.arraycopy(row, 0, weights, 0, 3);
    System.arraycopy(row, 0, weights, 3, 3);
    Region region = Region.of("left", 4, 3, weights);
    assertThat(tally(read, QualityMeasure.POINTING_GAME).mean())
        .isEqualTo(Localisation.pointingGame(attention, region).orElseThrow());
    assertThat(tally(read, QualityMeasure.MASS_IN_REGION).mean())
        .isEqualTo(Localisation.massInRegion(attention, region).orElseThrow(), ROUNDED);
    assertThat(tally(read, QualityMeasure.IOU).mean())
        .isEqualTo(Localisation.iou(attention, region, 0.5).orElseThrow(), ROUNDED);
    assertThat(tally(read, QualityMeasure.IOR).mean())
        .isEqualTo(Localisation.ior(attention, region, 0.5).orElseThrow(), ROUNDED);
  }

  @Test
  void regionsFollowTheOutcomeExactly() {
    Consumer<AggregateRig> image = rig -> rig.send(TestExplanations.of("s", "i", 1));
    Outcome first = outcome(1, List.of("A"), LEFT).build();
    Outcome elsewhere = outcome(2, List.of("A"), new fovea.schema.Region("A", 8, 8, 8, 8)).build();
    Outcome denied = outcome(3, List.of(), new fovea.schema.Region[0]).build();

    assertThat(hash(image, rig -> rig.send(first, NOW), rig -> rig.send(elsewhere, NOW)))
        .isEqualTo(hash(image, rig -> rig.send(elsewhere, NOW)))
        .isNotEqualTo(hash(image, rig -> rig.send(first, NOW)));
    assertThat(hash(image, rig -> rig.send(first, NOW), rig -> rig.send(first, NOW)))
        .as("repeated")
        .isEqualTo(hash(rig -> rig.send(first, NOW), image));
    assertThat(hash(rig -> rig.send(elsewhere, NOW), image, rig -> rig.send(denied, NOW)))
        .isEqualTo(hash(image, rig -> rig.send(denied, NOW)));
  }

  @Test
  void aRegionThatCannotBeUsedIsIgnoredAndCounted() {
    fovea.schema.Region flat = new fovea.schema.Region("A", 1, 1, 0, 5);
    fovea.schema.Region[] many = new fovea.schema.Region[65];
    Arrays.fill(many, LEFT);
    List<Outcome.Builder> unusable =
        List.of(
            outcome(1, List.of("A"), LEFT, flat),
            outcome(1, List.of("A"), many),
            outcome(1, List.of("B"), LEFT));
    for (Outcome.Builder outcome : unusable) {
      assertIgnored(TestExplanations.of("s", "i", 1), outcome);
    }
    assertIgnored(
        TestExplanations.of("s", "i", 1).setImageWidth(0), outcome(1, List.of("A"), LEFT));
    assertIgnored(
        TestExplanations.of("s", "i", 1)
            .setAlignment(new Alignment("ALIGNED", "UPSIDE_DOWN", null)),
        outcome(1, List.of("A"), LEFT));
  }

  private void assertIgnored(Explanation.Builder image, Outcome.Builder outcome) {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(image);
      rig.send(outcome.build(), NOW);

      Map<String, GlobalExplanation> read = rig.readModel();
      assertThat(tally(read, QualityMeasure.IOU).n()).isZero();
      assertThat(counters(read)).containsEntry("ignoredRegions", 1L);
      assertThat(rig.deadLetters.isEmpty()).isTrue();
    }
  }

  @Test
  void aBoxThatMissesTheImageIsUndefined() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      rig.send(outcome(1, List.of("A"), new fovea.schema.Region("A", 16, 0, 9, 9)).build(), NOW);

      assertThat(tally(rig.readModel(), QualityMeasure.POINTING_GAME).undefined()).isEqualTo(1);
    }
  }

  @Test
  void theZoneOfEveryPeakIsCounted() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      Counters expected = new Counters();
      for (int i = 1; i <= 12; i++) {
        Explanation.Builder e = TestExplanations.of("s" + i, "i", i);
        ZoneConsistency.count(
            expected, Set.of(FrameZones.ofPeak(attention(e.build())).orElseThrow()), 1);
        rig.send(e);
      }
      rig.send(TestExplanations.of("empty", "i", 99).setFloor(Short.MAX_VALUE));

      Counters peaks = sums(rig.readModel()).peaks();
      assertThat(peaks).isEqualTo(expected);
      assertThat(ZoneConsistency.zones(peaks).size()).isGreaterThan(2);
      assertThat(ZoneConsistency.images(peaks)).as("not of the empty one").isEqualTo(12);
    }
  }

  @Test
  void aCorrectedPeakIsCountedOnceAndAnErasedOneNotAtAll() {
    Explanation.Builder correction = TestExplanations.of("s", "i", 3).setRevision(2);
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(TestExplanations.of("s", "i", 1));
      rig.send(TestExplanations.of("t", "i", 2));
      rig.send(correction);
      rig.send(TestExplanations.erasure("t", NOW.plusSeconds(60)).build(), NOW);

      String zone = FrameZones.ofPeak(attention(correction.build())).orElseThrow();
      assertThat(ZoneConsistency.zones(sums(rig.readModel()).peaks()))
          .containsExactly(entry(zone, 1L));
    }
  }

  @Test
  void aZoneThatCameWithAnExplanationDoesNotCount() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      rig.send(with("s", new Measured("PEAK_ZONE.moon", 1.0)));

      Map<String, GlobalExplanation> read = rig.readModel();
      assertThat(ZoneConsistency.zones(sums(read).peaks())).hasSize(1).doesNotContainKey("moon");
      assertThat(counters(read)).containsEntry("ignoredMeasures", 1L);
    }
  }

  @Test
  void aCorrectionLeavesNothingOfWhatItCorrects() {
    assertThat(
            hash(
                rig -> rig.send(with("s", new Measured("DELETION", 0.5))),
                rig ->
                    rig.send(
                        with("s", new Measured("INSERTION", 0.5))
                            .setRevision(2)
                            .setResidual(null))))
        .isEqualTo(
            hash(
                rig ->
                    rig.send(
                        with("s", new Measured("INSERTION", 0.5))
                            .setRevision(2)
                            .setResidual(null))));
  }

  @SafeVarargs
  private String hash(Consumer<AggregateRig>... steps) {
    try (AggregateRig rig = new AggregateRig(directory)) {
      for (Consumer<AggregateRig> step : steps) {
        step.accept(rig);
      }
      assertThat(rig.deadLetters.isEmpty()).isTrue();
      return rig.hash();
    }
  }

  private static Outcome.Builder outcome(
      int second, List<String> labels, fovea.schema.Region... regions) {
    return TestExplanations.outcome("s")
        .setImageId("i")
        .setLabels(labels)
        .setRegions(List.of(regions))
        .setConfirmedAt(NOW.plusSeconds(second));
  }

  private static Explanation.Builder with(String subject, Measured... measured) {
    return TestExplanations.measured(subject, "i", 1, measured);
  }

  private static CellGrid attention(Explanation e) {
    return Attention.max1(TestExplanations.grid(e, 0), e.getFloor(), e.getSubtractMin()).grid();
  }

  private static GlobalExplanation at(Map<String, GlobalExplanation> read) {
    return Objects.requireNonNull(read.get(A));
  }

  private static QualityTally tally(Map<String, GlobalExplanation> read, QualityMeasure measure) {
    return sums(read).tally(measure);
  }

  private static QualitySums sums(Map<String, GlobalExplanation> read) {
    return QualitySums.read(AggregateRig.bytes(Objects.requireNonNull(at(read).getState())));
  }

  private static Map<String, Long> counters(Map<String, GlobalExplanation> read) {
    return Objects.requireNonNull(read.get(HEAD + "COUNTERS||NONE" + TAIL)).getCounters();
  }
}
