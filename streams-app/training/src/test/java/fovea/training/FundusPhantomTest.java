package fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model that is committed, run from its own file in plain Java on images it has not seen. */
class FundusPhantomTest {
  private static final long UNSEEN_SEED = 20_260;

  private final StoredModel model =
      ModelStore.at(Path.of(System.getProperty("fovea.root", "../.."), "model-store", "models"))
          .open("fundus-phantom", "1");

  @Test
  void everyMapFindsItsLesionOnUnseenImages() throws IOException {
    FoldedNet net = net();
    List<Example> unseen =
        new Programme(UNSEEN_SEED, net.spec().side(), Programme.ownSites())
            .examples(120, done -> {});
    List<Outputs> outputs =
        unseen.stream().map(e -> net.run(EvidenceTrainerTest.tensor(e))).toList();

    List<LabelReport> reports = LabelReport.of(unseen, outputs, model.manifest().quantisation());

    assertThat(reports)
        .allSatisfy(
            report -> {
              assertThat(report.predicted()).isGreaterThan(10);
              assertThat(report.auc()).isGreaterThan(0.97);
              assertThat(report.mass()).isGreaterThanOrEqualTo(0.8);
              assertThat(report.area()).isLessThanOrEqualTo(0.1);
            });
  }

  @Test
  void shippedWeightsSayWhatTheTrainedNetSaid() throws IOException {
    ParityVectors parity = model.parity();
    float[] inputs = parity.input().values();
    int size = inputs.length / parity.count();
    FoldedNet net = net();
    int labels = net.spec().labels();
    int maps = labels * net.spec().grid() * net.spec().grid();

    for (int i = 0; i < parity.count(); i++) {
      Outputs o = net.run(Arrays.copyOfRange(inputs, i * size, (i + 1) * size));
      for (int l = 0; l < labels; l++) {
        float[] truth = parity.evidence().values();
        double greatest = 1;
        for (float value : truth) {
          greatest = Math.max(greatest, Math.abs(value));
        }
        assertThat((double) Math.abs(o.logit(l) - parity.logits().values()[i * labels + l]))
            .isLessThan(1e-5 * greatest);
        float[] map = o.evidence(l);
        for (int c = 0; c < map.length; c++) {
          assertThat((double) Math.abs(map[c] - truth[i * maps + l * map.length + c]))
              .isLessThan(1e-5 * greatest);
        }
      }
    }
  }

  @Test
  void theCardSaysThatNoPatientWasSeen() throws IOException {
    assertThat(Files.readString(model.directory().resolve("model-card.md")))
        .contains("has never seen a patient", "--seed", "AUC");
  }

  @Test
  void theModelIsSmall() {
    long bytes =
        model.manifest().files().values().stream().mapToLong(Manifest.FileDigest::bytes).sum();

    assertThat(bytes).isLessThan(2_000_000);
  }

  private FoldedNet net() throws IOException {
    return ShippedNet.read(
        Files.readAllBytes(model.onnx()), NetSpec.small(model.manifest().labels().size()));
  }
}
