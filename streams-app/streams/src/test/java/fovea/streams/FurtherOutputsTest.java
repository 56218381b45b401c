package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.lesion.Diagnosis;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.explainer.lesion.LesionPooling;
import fovea.core.explanation.CellGrid;
import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.Extra;
import fovea.core.inference.ExtraRole;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Readings;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.LesionPart;
import fovea.schema.Measured;
import fovea.schema.Parts;
import fovea.schema.PrototypePart;
import fovea.schema.Tensor;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FurtherOutputsTest {
  private static final int CELLS = TestModels.GRID * TestModels.GRID;
  private static final Readings PROTOTYPES =
      Readings.NONE.with(
          new Readings.Prototypes(
              2,
              List.of("one.png", "two.png", "three.png"),
              List.of(List.of(1f, -0.5f, 2f), List.of(0f, 1f, 0f))));
  private static final Readings LESIONS =
      new Readings(
          Optional.empty(),
          Optional.of(
              new Readings.Lesions(
                  List.of("drusen", "haemorrhage"),
                  "A",
                  new LesionModel(
                      new LesionPooling.GreatestCell(),
                      new Diagnosis.Weighted(List.of(1.5, 2.5), -1)))),
          Optional.empty());

  @TempDir private Path directory;

  @Test
  void theGreatestContributionsToWhatWasDecidedAreNamed() {
    Explanation e =
        explained(
            PROTOTYPES,
            "L",
            extra(ExtraRole.PROTOTYPE_SIMILARITY, 3, at(0, 4, 1), at(1, 9, 3), at(2, 2, 2)));

    // A: 1·1 − 0.5·3 + 2·2; B: 3. Both are decided.
    assertThat(e.getParts().getPrototypes())
        .containsExactly(
            new PrototypePart("A", 2, "three.png", 2f, 4f, 2),
            new PrototypePart("A", 0, "one.png", 1f, 1f, 4),
            new PrototypePart("B", 1, "two.png", 3f, 3f, 9),
            new PrototypePart("B", 0, "one.png", 1f, 0f, 4));
    assertThat(floats(e.getPrototypes())).containsExactly(1, 3, 2);
    assertThat(e.getParts().getLesions()).isEmpty();
  }

  @Test
  void aRightEyesCellsAreThoseOfTheFrame() {
    Extra similarity =
        extra(ExtraRole.PROTOTYPE_SIMILARITY, 3, at(0, 4, 1), at(1, 9, 3), at(2, 2, 2));

    Explanation prototypes = explained(PROTOTYPES, "R", similarity);
    Explanation lesions =
        explained(LESIONS, "R", extra(ExtraRole.LESIONS, 2, at(0, 4, 1), at(1, 9, 3)));

    assertThat(prototypes.getAlignment().getTransform()).isEqualTo("GRID_MIRRORED");
    assertThat(prototypes.getParts().getPrototypes())
        .extracting(PrototypePart::getCell)
        .containsExactly(1, 7, 10, 7);
    LesionPart drusen = lesions.getParts().getLesions().getFirst();
    assertThat(drusen.getCell()).isEqualTo(7);
    assertThat(map(lesions, drusen).cells()[7]).isPositive();
  }

  @Test
  void lesionsComeWithTheirPathToTheDiagnosis() {
    Explanation e = explained(LESIONS, "L", extra(ExtraRole.LESIONS, 2, at(0, 5, 2), at(1, 6, -4)));

    Parts parts = e.getParts();
    assertThat(parts.getDiagnosis()).isEqualTo("A");
    assertThat(parts.getPath()).isEqualTo("weighted");
    assertThat(parts.getBias()).isEqualTo(-1);
    LesionPart drusen = parts.getLesions().getFirst();
    assertThat(drusen.getLesion()).isEqualTo("drusen");
    // σ(2) = 0.880797, and 1.5 times that.
    assertThat(drusen.getProbability()).isCloseTo(0.880797f, within(1e-6f));
    assertThat(drusen.getContribution()).isCloseTo(1.321196f, within(1e-6f));
    assertThat(drusen.getCell()).isEqualTo(5);
    CellGrid map = map(e, drusen);
    assertThat(Math.scalb((double) map.cells()[5], map.scaleExponent())).isEqualTo(2);
    // The greatest cell of a map of zeros and one −4 is a zero.
    assertThat(parts.getLesions().getLast().getProbability()).isEqualTo(0.5f);
    assertThat(parts.getLesions().getLast().getCell()).isZero();
  }

  @Test
  void noisyOrHasSharesOfTheLogarithm() {
    Readings or =
        new Readings(
            Optional.empty(),
            Optional.of(
                new Readings.Lesions(
                    List.of("x"),
                    "A",
                    new LesionModel(new LesionPooling.GreatestCell(), new Diagnosis.NoisyOr()))),
            Optional.empty());

    Explanation e = explained(or, "L", extra(ExtraRole.LESIONS, 1, at(0, 3, 2)));

    assertThat(e.getParts().getPath()).isEqualTo("noisy-or");
    assertThat(e.getParts().getLesions().getFirst().getContribution())
        .isCloseTo((float) -Math.log(1 - 0.880797078), within(1e-6f));
  }

  @Test
  void embeddingAndProjectionStandInTheRecord() {
    Explanation e =
        explained(
            Readings.NONE,
            "L",
            new Extra(ExtraRole.EMBEDDING, List.of(3), new float[] {1, 2, 3}),
            new Extra(ExtraRole.PROJECTION, List.of(2), new float[] {-4, 0.5f}));

    assertThat(floats(e.getEmbedding())).containsExactly(1, 2, 3);
    assertThat(floats(e.getProjection())).containsExactly(-4, 0.5f);
    assertThat(e.getParts()).isNull();
  }

  @Test
  void whatIsNotFiniteIsLeftOutAndThePredictionStays() {
    Explanation e =
        explained(
            LESIONS,
            "L",
            extra(ExtraRole.LESIONS, 2, at(0, 3, Float.NaN)),
            new Extra(ExtraRole.PROJECTION, List.of(2), new float[] {1, Float.NaN}));

    assertThat(e.getParts()).isNull();
    assertThat(e.getProjection()).isNull();
    assertThat(e.getLabels()).hasSize(2);
  }

  @Test
  void aModelWithoutFurtherOutputsHasNothingOfThem() {
    Explanation e = explained(Readings.NONE, "L");

    assertThat(e.getParts()).isNull();
    assertThat(e.getPrototypes()).isNull();
    assertThat(e.getEmbedding()).isNull();
    assertThat(e.getLabels()).allMatch(label -> label.getQuality().isEmpty());
  }

  @Test
  void findingsAreMeasuredAgainstWhatIsAbnormal() {
    Readings levels = new Readings(Optional.empty(), Optional.empty(), Optional.of("B"));

    Explanation e = explained(levels, "L");

    // B's evidence is A's doubled: as attention they are one map, but for rounding.
    assertThat(measures(e.getLabels().getFirst())).containsExactly("CONTAINMENT");
    assertThat(measures(e.getLabels().getLast())).containsExactly("UNION");
    for (LabelExplanation label : e.getLabels()) {
      assertThat(label.getQuality().getFirst().getValue()).isCloseTo(1, within(1e-2));
    }
  }

  private static List<String> measures(LabelExplanation label) {
    return label.getQuality().stream().map(Measured::getMeasure).toList();
  }

  private Explanation explained(Readings readings, String side, Extra... extras) {
    ServedModel plain = TestModels.fundus("m", 2);
    ServedModel model =
        new ServedModel(
            plain.version(),
            plain.manifest(),
            plain.sha256(),
            plain.frame(),
            new Saying(plain.classifier(), List.of(extras)),
            plain.explainerHash(),
            readings);
    try (ScoreRig rig = new ScoreRig(directory, model)) {
      rig.send(TestImages.record("s", "i", TestImages.png(3)).setLaterality(side));
      assertThat(rig.deadLetters.isEmpty()).isTrue();
      return rig.explanations.readValue();
    }
  }

  /** One value of a stack of maps, all else 0. */
  private record At(int map, int cell, float value) {}

  private static At at(int map, int cell, float value) {
    return new At(map, cell, value);
  }

  private static Extra extra(ExtraRole role, int maps, At... some) {
    float[] values = new float[maps * CELLS];
    for (At at : some) {
      values[at.map * CELLS + at.cell] = at.value;
    }
    return new Extra(role, List.of(maps, TestModels.GRID, TestModels.GRID), values);
  }

  private static float[] floats(Tensor tensor) {
    assertThat(tensor.getEncoding()).isEqualTo("float32-le");
    float[] out = new float[tensor.getShape().getFirst()];
    tensor.getContent().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
    return out;
  }

  private static CellGrid map(Explanation e, LesionPart part) {
    return CellGrid.read(
        e.getGridHeight(), e.getGridWidth(), part.getScaleExponent(), part.getMap());
  }

  /** The same model, whose graph says more of every image. */
  private record Saying(Classifier of, List<Extra> extras) implements Classifier {
    @Override
    public EngineReport engine() {
      return of.engine();
    }

    @Override
    public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
      return of.classify(batch)
          .thenApply(all -> all.stream().map(one -> one.with(extras)).toList());
    }

    @Override
    public void close() {
      of.close();
    }
  }
}
