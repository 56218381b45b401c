package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.ExplainerSpec;
import fovea.schema.LabelExplanation;
import fovea.schema.Measured;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampledMeasuresTest {
  /** Dark enough that of the labels one only is decided. */
  private static final int[] DARK =
      IntStream.range(0, TestModels.SIDE * TestModels.SIDE).map(i -> i * 37 % 61).toArray();

  @TempDir private Path directory;

  @Test
  void aModelThatAddsUpItsCellsIsOrderedAlikeByBothExplainers() {
    for (LabelExplanation label : labels(1, "image")) {
      assertThat(value(label, "EXPLAINER_RANK_CORRELATION")).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void whatIsDecidedIsDeletedAndInsertedAndNothingElse() {
    List<LabelExplanation> labels = labels(1, "image");

    assertThat(labels).extracting(LabelExplanation::getDecision).containsOnly(true, false);
    for (LabelExplanation label : labels) {
      assertThat(label.getQuality()).hasSize(label.getDecision() ? 4 : 2);
      if (label.getDecision()) {
        // The greatest cells go first and come first.
        assertThat(value(label, "DELETION")).isLessThan(value(label, "INSERTION"));
        assertThat(value(label, "INSERTION")).isLessThanOrEqualTo(label.getProbability());
      }
    }
  }

  @Test
  void aPeakThatStandsOutStaysUnderNoiseAndOneThatDoesNotMoves() {
    int[] spot = new int[DARK.length];
    int[] flat = new int[DARK.length];
    for (int i = 0; i < DARK.length; i++) {
      boolean inside = i / TestModels.SIDE < 4 && i % TestModels.SIDE < 4;
      spot[i] = inside ? 110 : 20;
      flat[i] = inside ? 24 : 20;
    }

    for (int i = 0; i < 8; i++) {
      assertThat(labels(1, "image-" + i, spot)).allMatch(label -> value(label, "STABILITY") == 1);
    }
    assertThat(labels(1, "image-0", flat)).allMatch(label -> value(label, "STABILITY") == 0);
  }

  @Test
  void anEmptyMapIsNeitherStableNorUnstable() {
    assertThat(labels(1, "image", new int[DARK.length]))
        .allMatch(label -> Double.isNaN(value(label, "STABILITY")));
  }

  @Test
  void stabilityIsThatOfTheSameImageWhoeverAsks() {
    assertThat(labels(1, "image-3")).isEqualTo(labels(1, "image-3"));
  }

  @Test
  void whatIsNotSampledIsNotMeasured() {
    assertThat(labels(0, "image")).allMatch(label -> label.getQuality().isEmpty());
  }

  @Test
  void whichImagesAreSampledFollowsFromTheirIds() {
    SamplePolicy one = policy(0.1);
    List<Integer> held =
        IntStream.range(0, 2000).filter(i -> one.holds("image-" + i)).boxed().toList();

    // Of 2,000 at 0.1 the standard deviation is 13.4.
    assertThat(held).hasSizeBetween(200 - 54, 200 + 54);
    assertThat(held).allMatch(i -> policy(0.2).holds("image-" + i));
  }

  @Test
  void anExplainerThatAsksOnceIsRefused() {
    assertThatThrownBy(() -> new SamplePolicy(0.1, new ExplainerSpec.ClassEvidence(), 10, 300, 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class-evidence");
  }

  private List<LabelExplanation> labels(double share, String image) {
    return labels(share, image, DARK);
  }

  private List<LabelExplanation> labels(double share, String image, int[] pixels) {
    ScorePolicy policy = ScoreRig.sampling(policy(share));
    try (ScoreRig rig = new ScoreRig(directory, policy, TestModels.fundus("m", 2))) {
      rig.send(TestImages.record("s", image, TestImages.png(pixels)));
      return rig.explanations.readValue().getLabels();
    }
  }

  private static SamplePolicy policy(double share) {
    return new SamplePolicy(share, new ExplainerSpec.Occlusion(1, 1), 8, 300, 4);
  }

  private static double value(LabelExplanation label, String measure) {
    return label.getQuality().stream()
        .filter(one -> one.getMeasure().equals(measure))
        .mapToDouble(Measured::getValue)
        .findFirst()
        .orElseThrow();
  }
}
