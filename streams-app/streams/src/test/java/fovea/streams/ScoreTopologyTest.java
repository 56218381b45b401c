package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import fovea.core.image.DecodeLimits;
import fovea.modelstore.Link;
import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTopologyTest {
  @TempDir Path directory;

  @Test
  void anExplanationHasTheImagesIdentityAndTimestamp() {
    byte[] content = TestImages.png(1);
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 2))) {

      rig.send(
          TestImages.record("s|1", "i", content)
              .setRevision(4)
              .setPayload(TestImages.payload(content)));

      TestRecord<String, Explanation> out = rig.explanations.readRecord();
      assertThat(out.key()).isEqualTo("s%7c1|i|m|1");
      assertThat(out.getRecordTime()).isEqualTo(ScoreRig.INGESTED);
      assertThat(out.headers()).isEmpty();
      Explanation e = out.value();
      assertThat(e.getSubjectId()).isEqualTo("s|1");
      assertThat(e.getRevision()).isEqualTo(4);
      assertThat(e.getModality()).isEqualTo("OP");
      assertThat(e.getIngestedAt()).isEqualTo(ScoreRig.INGESTED);
      assertThat(e.getAcquiredAt()).isEqualTo(TestImages.ACQUIRED);
      assertThat(e.getPayloadSha256()).isEqualTo(TestImages.sha256(content));
      assertThat(e.getFrame()).isEqualTo("OP.any.L.4x4");
      assertThat(e.getAlignment().getStatus()).isEqualTo("ALIGNED");
      assertThat(e.getEngine()).isEqualTo("CellMean");
      assertThat(e.getFloor()).isEqualTo(8);
      assertThat(e.getSubtractMin()).isTrue();
      assertThat(rig.deadLetters.isEmpty()).isTrue();
    }
  }

  @Test
  void aSigmoidLabelIsDecidedByItsThreshold() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 2))) {

      rig.send(TestImages.record("s", "i", TestImages.png(2)));

      Explanation e = rig.explanations.readValue();
      assertThat(e.getLabels()).extracting(LabelExplanation::getLabel).containsExactly("A", "B");
      for (LabelExplanation label : e.getLabels()) {
        double p = 1 / (1 + Math.exp(-label.getLogit()));
        assertThat((double) label.getProbability()).isCloseTo(p, within());
        assertThat(label.getDecision()).isEqualTo(p >= 0.6);
        assertThat(label.getLogit() - 0.25)
            .isCloseTo(mean(label, e.getScaleExponent()), offset(1e-3));
      }
      assertThat(e.getResidual()).isLessThan(1e-5);
    }
  }

  @Test
  void ofSoftmaxLabelsTheGreatestIsDecidedAndNoOther() {
    ServedModel model =
        TestModels.model("m", 3, Link.SOFTMAX, TestModels.frame("OP", false, false));
    try (ScoreRig rig = new ScoreRig(directory, model)) {

      rig.send(TestImages.record("s", "i", TestImages.png(2)));

      assertThat(rig.explanations.readValue().getLabels())
          .extracting(LabelExplanation::getDecision)
          .containsExactly(false, false, true);
    }
  }

  @Test
  void imagesLeaveInTheOrderTheyCame() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {

      for (int i = 0; i < 20; i++) {
        rig.send(TestImages.record("s", "i" + i, TestImages.png(i)));
      }

      assertThat(rig.explanations.readValuesToList())
          .extracting(Explanation::getImageId)
          .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "i" + i).toList());
    }
  }

  @Test
  void theGridOfARightEyeIsMirroredIntoTheFrame() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {
      rig.send(TestImages.record("s", "left", TestImages.png(3)));

      rig.send(TestImages.record("s", "right", TestImages.mirroredPng(3)).setLaterality("R"));

      Explanation left = rig.explanations.readValue();
      Explanation right = rig.explanations.readValue();
      assertThat(right.getAlignment().getTransform()).isEqualTo("GRID_MIRRORED");
      assertThat(right.getFrame()).isEqualTo(left.getFrame());
      assertThat(grid(right)).isEqualTo(grid(left)).isNotEqualTo(new short[16]);
      assertThat(right.getThumbnail()).isEqualTo(left.getThumbnail());
    }
  }

  @Test
  void theInputOfARightEyeIsMirroredWhereTheModelWasTrainedSo() {
    ServedModel model = TestModels.model("m", 1, Link.SIGMOID, TestModels.frame("OP", true, true));
    try (ScoreRig rig = new ScoreRig(directory, model)) {
      rig.send(TestImages.record("s", "left", TestImages.png(3)));

      rig.send(TestImages.record("s", "right", TestImages.mirroredPng(3)).setLaterality("R"));

      Explanation left = rig.explanations.readValue();
      Explanation right = rig.explanations.readValue();
      assertThat(right.getAlignment().getTransform()).isEqualTo("INPUT_MIRRORED");
      assertThat(right.getLabels()).isEqualTo(left.getLabels());
      assertThat(right.getThumbnail()).isEqualTo(left.getThumbnail());
    }
  }

  @Test
  void aMisalignedImageIsScoredAllTheSame() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {

      rig.send(TestImages.record("s", "i", TestImages.png(3)).setLaterality(null));

      Explanation e = rig.explanations.readValue();
      assertThat(e.getAlignment().getStatus()).isEqualTo("LATERALITY_UNKNOWN");
      assertThat(e.getLabels()).hasSize(1);
    }
  }

  @Test
  void eachModelThatAcceptsTheImageExplainsIt() {
    ServedModel chest =
        TestModels.model("chest", 1, Link.SIGMOID, TestModels.frame("DX", false, false));
    try (ScoreRig rig =
        new ScoreRig(directory, TestModels.fundus("a", 1), chest, TestModels.fundus("b", 2))) {

      rig.send(TestImages.record("s", "i", TestImages.png(3)));

      assertThat(rig.explanations.readKeyValuesToList())
          .extracting(out -> out.key)
          .containsExactly("s|i|a|1", "s|i|b|1");
      assertThat(
              rig.meters
                  .get("fovea.images.scored")
                  .tags("model", "b", "version", "1", "site", "north")
                  .counter()
                  .count())
          .isEqualTo(1);
      assertThat(rig.meters.get("fovea.stage").tags("stage", "decode").timers()).isNotEmpty();
    }
  }

  @Test
  void oneModelsFailureLeavesTheOthersExplanation() {
    ServedModel odd =
        new ServedModel(
            TestModels.fundus("odd", 1).version(),
            TestModels.fundus("odd", 1).manifest(),
            "ab".repeat(32),
            TestModels.fundus("odd", 1).frame(),
            new CellMeanClassifier(2, TestModels.GRID, 0),
            TestModels.HASH);
    try (ScoreRig rig = new ScoreRig(directory, odd, TestModels.fundus("good", 1))) {

      rig.send(TestImages.record("s", "i", TestImages.png(3)));

      assertThat(rig.explanations.readValuesToList())
          .extracting(Explanation::getModel)
          .containsExactly("good");
      assertThat(rig.deadLetters.readValuesToList())
          .extracting(DeadLetter::getModel)
          .containsExactly("odd/1");
    }
  }

  @Test
  void aSwapTakesEffectWithTheNextImage() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("old", 1))) {
      rig.send(TestImages.record("s", "i1", TestImages.png(3)));

      rig.models.swap(List.of(TestModels.fundus("new", 1)));
      rig.send(TestImages.record("s", "i2", TestImages.png(3)));

      assertThat(rig.explanations.readValuesToList())
          .extracting(Explanation::getModel)
          .containsExactly("old", "new");
    }
  }

  @Test
  void labelsBeyondTheMostHaveNoGrid() {
    ScorePolicy policy =
        new ScorePolicy(
            new DecodeLimits(1 << 20, 1 << 20),
            1,
            false,
            1 << 16,
            0,
            Duration.ofSeconds(5),
            SamplePolicy.DEFAULT);
    try (ScoreRig rig = new ScoreRig(directory, policy, TestModels.fundus("m", 2))) {

      rig.send(TestImages.record("s", "i", TestImages.png(3)));

      Explanation e = rig.explanations.readValue();
      assertThat(e.getLabels().get(0).getEvidence()).isNotNull();
      assertThat(e.getLabels().get(1).getEvidence()).isNull();
      assertThat(e.getLabels().get(1).getMax()).isPositive();
      assertThat(e.getThumbnail()).isNull();
    }
  }

  @Test
  void theStoreTakesItsMemoryFromTheSharedBudget() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {
      assertThat(rig.meters.get("fovea.rocksdb.used").gauge().value()).isPositive();
    }
  }

  private static Offset<Double> within() {
    return offset(1e-6);
  }

  private static double mean(LabelExplanation label, int exponent) {
    double sum = 0;
    short[] cells = shorts(label.getEvidence());
    for (short cell : cells) {
      sum += Math.scalb((double) cell, exponent);
    }
    return sum / cells.length;
  }

  private static short[] grid(Explanation e) {
    return shorts(e.getLabels().getFirst().getEvidence());
  }

  private static short[] shorts(ByteBuffer bytes) {
    short[] out = new short[bytes.remaining() / 2];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(out);
    return out;
  }
}
