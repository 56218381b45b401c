package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.core.inference.Classifier;
import fovea.core.inference.Outputs;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.StoredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as their authors exported them. */
class RealModelsTest {
  private static final InputSpec INPUT = InputSpec.parse("rgb224,scale=1/127.5,shift=-1");
  @TempDir private Path store;

  @Test
  void chestModelIsAddedAsAContrastWithItsBiasOutside() {
    StoredModel model =
        added("cxr-pneumonia-evidence", List.of("NORMAL", "PNEUMONIA"), List.of("PNEUMONIA"));

    Manifest manifest = model.manifest();
    assertThat(manifest.link()).isEqualTo(Link.SOFTMAX);
    assertThat(manifest.positive()).containsExactly("PNEUMONIA");
    assertThat(manifest.trainingData()).contains("Kermany 2018");
    assertServes(model);
  }

  @Test
  void fundusModelIsAddedWithFourLabels() {
    List<String> labels = List.of("normal", "cataract", "glaucoma", "diabetic_retinopathy");

    StoredModel model = added("fundus-evidence", labels, List.of());

    assertThat(model.manifest().positive()).isEqualTo(labels);
    assertServes(model);
  }

  @Test
  void chestPrototypeModelIsRefusedWithWhatItHas() {
    Adding adding = add("cxr-protopnet", List.of("NORMAL", "PNEUMONIA"), List.of());

    assertThat(adding)
        .isInstanceOfSatisfying(
            Adding.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith("the graph must have outputs logits and evidence, it has [logits")
                    .contains("similarity_maps float[?,20,7,7]"));
  }

  private static void assertServes(StoredModel model) {
    Loading loading = new ModelLoader(InferenceConfig.defaults()).load(model);
    assertThat(loading).isInstanceOf(Loading.Ready.class);
    try (Classifier classifier = ((Loading.Ready) loading).classifier()) {
      var batch = new SeededImages(model.manifest().input()).batch(2);
      Outputs outputs = Calls.run(classifier, batch).getLast();
      assertThat(outputs.gridHeight()).isEqualTo(7);
      assertThat(outputs.finite()).isTrue();
      assertThat(Contrast.imbalance(outputs)).isLessThan(1e-4);
    }
  }

  private StoredModel added(String name, List<String> labels, List<String> positive) {
    Adding adding = add(name, labels, positive);
    assertThat(adding).isInstanceOf(Adding.Added.class);
    return ((Adding.Added) adding).model();
  }

  private Adding add(String name, List<String> labels, List<String> positive) {
    Path file = models().resolve(name + ".onnx");
    assumeTrue(Files.isRegularFile(file), "no model at " + file);
    return new ModelAdd(InferenceConfig.defaults())
        .add(
            new ModelAdd.Request(
                file, name, labels, positive, Optional.of(INPUT), Optional.empty(), store, Optional.empty()));
  }

  private static Path models() {
    Path root = Path.of(System.getProperty("fovea.root", "."));
    String said =
        Optional.ofNullable(System.getProperty("FOVEA_MODELS"))
            .or(() -> Optional.ofNullable(System.getenv("FOVEA_MODELS")))
            .orElse("../shared/models");
    return root.resolve(said).normalize();
  }
}
