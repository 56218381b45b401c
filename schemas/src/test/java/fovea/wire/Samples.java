package fovea.wire;

import fovea.schema.Box;
import fovea.schema.Certificate;
import fovea.schema.ContributedLabel;
import fovea.schema.Contribution;
import fovea.schema.Erasure;
import fovea.schema.InlinePayload;
import fovea.schema.Measured;
import fovea.schema.Removal;
import fovea.schema.ScreeningImage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Records to send over the wire. */
final class Samples {
  static final Instant MORNING = Instant.parse("2026-03-04T05:06:07.089Z");

  private Samples() {}

  static Erasure erasure() {
    return Erasure.newBuilder()
        .setSubjectId("s-1")
        .setImageId("i-1")
        .setEffectiveAt(MORNING)
        .build();
  }

  static ScreeningImage image() {
    return ScreeningImage.newBuilder()
        .setSubjectId("s-1")
        .setImageId("i-1")
        .setSite("north")
        .setModality("OP")
        .setAcquiredAt(MORNING)
        .setStrata(Map.of("ageGroup", "60-69"))
        .setPayload(
            InlinePayload.newBuilder().setContent(ByteBuffer.wrap(new byte[] {1, 2, 3})).build())
        .build();
  }

  static Certificate certificate() {
    return Certificate.newBuilder()
        .setSubjectId("s-1")
        .setEffectiveAt(MORNING)
        .setStage("contribute")
        .setRemoved(
            List.of(
                Removal.newBuilder()
                    .setPlace("fovea.images")
                    .setRecords(2)
                    .setTracesUntil(MORNING.plusSeconds(60))
                    .build()))
        .setIssuedAt(MORNING)
        .build();
  }

  static Contribution contribution() {
    return Contribution.newBuilder()
        .setModel("fundus")
        .setModelVersion("1")
        .setVariant("fp32.0123456789abcdef")
        .setFrame("OP.MACULA.L.14x14")
        .setSite("north")
        .setPane(LocalDate.of(2026, 3, 4))
        .setRevision(0)
        .setPayloadSha256("00")
        .setFingerprint(-1L)
        .setFold(7)
        .setIngestedAt(MORNING)
        .setCounters(List.of("scored", "aggregated"))
        .setGridHeight(1)
        .setGridWidth(1)
        .setScaleExponent(-8)
        .setFloor(3)
        .setSubtractMin(true)
        .setQuantities(List.of("EVIDENCE"))
        .setLabels(
            List.of(
                ContributedLabel.newBuilder()
                    .setLabel("DR")
                    .setBases(List.of("ALL"))
                    .setClipped(0)
                    .setEvidence(ByteBuffer.wrap(new byte[] {4, 5}))
                    .setQuality(List.of(new Measured("DELETION", 0.25)))
                    .setRegions(List.of(new Box(1, 2, 3, 4)))
                    .build()))
        .build();
  }
}
