package fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.explainer.lesion.LesionPath;
import fovea.core.inference.Outputs;
import fovea.core.phantom.Lesion;
import fovea.core.phantom.Phantom;
import fovea.core.phantom.PhantomSpec;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.Readings;
import fovea.modelstore.ReadingsJson;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The model that is committed, run from its own file in plain Java on images it has not seen. */
class FundusLesionsTest {
  private static final long UNSEEN_SEED = 20_270;
  private static final int IMAGES = 120;

  private static final StoredModel MODEL =
      ModelStore.at(Path.of(System.getProperty("fovea.root", "../.."), "model-store", "models"))
          .open("fundus-lesions", "1");

  private static final LesionNet NET = net();
  private static List<Example> unseen = List.of();
  private static List<Outputs> outputs = List.of();
  private static List<LabelGrids> maps = List.of();

  @BeforeAll
  static void run() {
    unseen =
        new Programme(UNSEEN_SEED, NET.spec().side(), Programme.ownSites())
            .examples(IMAGES, done -> {}).stream()
                .map(e -> e.diagnosed(PathReport.diagnosisLabel()))
                .toList();
    outputs = unseen.stream().map(e -> NET.run(EvidenceTrainerTest.tensor(e))).toList();
    maps = unseen.stream().map(e -> NET.lesions(EvidenceTrainerTest.tensor(e))).toList();
  }

  @Test
  void everyMapPointsAtItsLesionFarMoreOftenThanChance() {
    PathReport report = report();

    assertThat(report.lesions())
        .allSatisfy(
            lesion -> {
              int present = lesion.found().present();
              // What a map that knows nothing would hit, and five standard errors of so few images.
              double chance = lesion.chance();
              double error = Math.sqrt(chance * (1 - chance) / present);
              assertThat(present).isGreaterThan(15);
              assertThat(lesion.pointing().value()).isGreaterThan(chance + 5 * error);
              assertThat(lesion.pointing().low()).isGreaterThan(0.6);
              assertThat(lesion.auc().low()).isGreaterThan(0.8);
              assertThat(lesion.finds()).isTrue();
            });
  }

  @Test
  void noPositiveDiagnosisIsWithoutALesion() {
    PathReport report = report();

    assertThat(report.diagnosis().value()).isGreaterThan(0.97);
    assertThat(report.positives()).isGreaterThan(30);
    assertThat((double) report.unexplained() / report.positives()).isLessThan(0.05);
  }

  @Test
  void thePathSumsToTheLogitAndSoDoesTheEvidence() {
    int diagnosis = PathReport.diagnosisLabel();
    for (int i = 0; i < IMAGES; i++) {
      Outputs o = outputs.get(i);
      LesionPath path = NET.model().path(maps.get(i));

      assertThat(Math.abs(path.sum() + o.offset(diagnosis) - o.logit(diagnosis))).isLessThan(1e-5);
      assertThat(o.residual()).isLessThan(1e-4);
      for (LesionPath.Step step : path.steps()) {
        double probability = 1 / (1 + Math.exp(-o.logit(step.lesion())));
        assertThat(Math.abs(probability - step.probability())).isLessThan(1e-6);
      }
    }
  }

  @Test
  void aLesionTakenOutOfTheImageLowersWhatItAddsAndNoOther() {
    Phantom phantom = new Phantom(PhantomSpec.of(UNSEEN_SEED, Instant.EPOCH).withSide(160));
    for (int index = 0; index < 4; index++) {
      Set<Lesion> all = EnumSet.allOf(Lesion.class);
      LesionPath with = path(phantom, index, all);
      for (Lesion lesion : Lesion.values()) {
        int out = List.of(Lesion.values()).indexOf(lesion);
        Set<Lesion> others = EnumSet.complementOf(EnumSet.of(lesion));
        LesionPath without = path(phantom, index, others);

        for (int l = 0; l < all.size(); l++) {
          double before = with.steps().get(l).contribution();
          double change = without.steps().get(l).contribution() - before;
          if (l == out) {
            assertThat(change).isLessThan(-0.5 * before);
          } else {
            assertThat(Math.abs(change)).isLessThan(0.1 * before);
          }
        }
      }
    }
  }

  @Test
  void shippedWeightsSayWhatTheTrainedNetSaid() {
    ParityVectors parity = MODEL.parity();
    float[] inputs = parity.input().values();
    float[] logits = parity.logits().values();
    float[] evidence = parity.evidence().values();
    int size = inputs.length / parity.count();
    double tolerance = MODEL.manifest().tolerances().parity();
    double greatest = 1;
    for (float value : evidence) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    int at = 0;
    for (int i = 0; i < parity.count(); i++) {
      Outputs o = NET.run(Arrays.copyOfRange(inputs, i * size, (i + 1) * size));
      for (int l = 0; l < o.labels(); l++) {
        assertThat((double) Math.abs(o.logit(l) - logits[i * o.labels() + l])).isLessThan(1e-4);
        for (float cell : o.evidence(l)) {
          assertThat((double) Math.abs(cell - evidence[at++])).isLessThan(tolerance * greatest);
        }
      }
    }
  }

  @Test
  void itsReadingsAreThePathOfItsGraph() {
    Manifest manifest = MODEL.manifest();
    Readings.Lesions said = ReadingsJson.read(MODEL.read(Readings.FILE)).lesions().orElseThrow();

    assertThat(said.names()).isEqualTo(Arrays.stream(Lesion.values()).map(Lesion::label).toList());
    assertThat(said.label()).isEqualTo(LesionShipping.DIAGNOSIS);
    assertThat(said.model()).isEqualTo(NET.model());
    assertThat(manifest.labels()).isEqualTo(LesionShipping.labels());
    assertThat(manifest.offset()).isEqualTo(Shipping.offset(NET));
    LesionModel model = said.model();
    for (int i = 0; i < 5; i++) {
      float logit = outputs.get(i).logit(PathReport.diagnosisLabel());
      assertThat(model.path(maps.get(i)).probability() - 1 / (1 + Math.exp(-logit)))
          .isBetween(-1e-6, 1e-6);
    }
  }

  @Test
  void theCardSaysThatNoPatientWasSeenAndWhatWasMeasured() throws IOException {
    assertThat(Files.readString(MODEL.directory().resolve("model-card.md")))
        .contains("has never seen a patient", "--seed", "AUC", "unexplained", "points");
  }

  @Test
  void theModelIsSmall() {
    long bytes =
        MODEL.manifest().files().values().stream().mapToLong(Manifest.FileDigest::bytes).sum();

    assertThat(bytes).isLessThan(1_000_000);
  }

  private static PathReport report() {
    return PathReport.of(
        unseen, new PathReport.Said(outputs, maps), NET.model(), MODEL.manifest().quantisation());
  }

  private static LesionPath path(Phantom phantom, long index, Set<Lesion> lesions) {
    Programme programme = new Programme(UNSEEN_SEED, NET.spec().side(), Programme.ownSites());
    Example example = programme.example(phantom.image(index, lesions));
    return NET.model().path(NET.lesions(EvidenceTrainerTest.tensor(example)));
  }

  private static LesionNet net() {
    try {
      return ShippedNet.readLesions(
          Files.readAllBytes(MODEL.onnx()), NetSpec.lesions(Lesion.values().length, 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
