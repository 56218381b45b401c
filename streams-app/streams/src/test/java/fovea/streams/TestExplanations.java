package fovea.streams;

import fovea.core.explanation.CellGrid;
import fovea.schema.Alignment;
import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Measured;
import fovea.schema.Outcome;
import fovea.schema.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Explanations with seeded evidence on a 4×3 grid. */
final class TestExplanations {
  static final int HEIGHT = 4;
  static final int WIDTH = 3;
  static final int EXPONENT = -10;

  private TestExplanations() {}

  /** Of site north, revision 0, with labels A (decided) and B (not). */
  static Explanation.Builder of(String subjectId, String imageId, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Explanation.newBuilder()
        .setSubjectId(subjectId)
        .setImageId(imageId)
        .setSite("north")
        .setModality("OP")
        .setAcquiredAt(Instant.parse("2026-03-04T23:30:00Z"))
        .setIngestedAt(Instant.parse("2026-03-05T08:00:00Z"))
        .setPayloadSha256("%064x".formatted(seed))
        .setImageWidth(16)
        .setImageHeight(16)
        .setModel("m")
        .setModelVersion("1")
        .setModelSha256("00")
        .setPrecision("fp32")
        .setExplainer("class-evidence")
        .setExplainerHash("0123456789abcdef")
        .setEngine("CellMean")
        .setProvider("CPU")
        .setLink("sigmoid")
        .setOffset(List.of(0f, 0f))
        .setLabels(
            new ArrayList<>(
                List.of(label("A", true, random).build(), label("B", false, random).build())))
        .setGridHeight(HEIGHT)
        .setGridWidth(WIDTH)
        .setScaleExponent(EXPONENT)
        .setFloor(3)
        .setSubtractMin(true)
        .setFrame("OP.any.L.4x3")
        .setAlignment(new Alignment("ALIGNED", "NONE", null))
        .setResidual(seed % 5 == 0 ? null : seed * 1e-6)
        .setTimings(new Timings(0, 0, 0, 0));
  }

  /** The same, with these measures of A. */
  static Explanation.Builder measured(
      String subjectId, String imageId, long seed, Measured... ofA) {
    SplittableRandom random = new SplittableRandom(seed);
    LabelExplanation a = label("A", true, random).setQuality(List.of(ofA)).build();
    return of(subjectId, imageId, seed).setLabels(List.of(a, label("B", false, random).build()));
  }

  /** Confirmed by a reader an hour after {@link AggregateRig#NOW}: A is there, B is not. */
  static Outcome.Builder outcome(String subjectId) {
    return Outcome.newBuilder()
        .setSubjectId(subjectId)
        .setLabels(List.of("A"))
        .setAssessed(List.of())
        .setRegions(List.of())
        .setConfirmedAt(AggregateRig.NOW.plusSeconds(3600));
  }

  static Erasure.Builder erasure(String subjectId, Instant effectiveAt) {
    return Erasure.newBuilder()
        .setSubjectId(subjectId)
        .setRequestId("r-" + subjectId)
        .setEffectiveAt(effectiveAt);
  }

  static Explanation.Builder misaligned(String subjectId, String imageId, long seed) {
    return of(subjectId, imageId, seed).setAlignment(new Alignment("ASPECT", "NONE", null));
  }

  static CellGrid grid(Explanation explanation, int label) {
    return CellGrid.read(HEIGHT, WIDTH, EXPONENT, explanation.getLabels().get(label).getEvidence());
  }

  private static LabelExplanation.Builder label(
      String name, boolean decision, SplittableRandom random) {
    short[] cells = new short[HEIGHT * WIDTH];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) random.nextInt(-3000, 6000);
    }
    return LabelExplanation.newBuilder()
        .setQuality(List.of())
        .setLabel(name)
        .setLogit(0)
        .setProbability(decision ? 0.9f : 0.1f)
        .setDecision(decision)
        .setThreshold(0.5f)
        .setEvidence(new CellGrid(HEIGHT, WIDTH, EXPONENT, cells).bytes())
        .setClipped(2);
  }
}
