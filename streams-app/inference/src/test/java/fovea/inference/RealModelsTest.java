package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.prototype.PrototypeEvidence;
import fovea.core.inference.Classifier;
import fovea.core.inference.Extra;
import fovea.core.inference.ExtraRole;
import fovea.core.inference.Outputs;
import fovea.core.quality.Faithfulness;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as their authors exported them. */
class RealModelsTest {
  private static final InputSpec INPUT = InputSpec.parse("rgb224,scale=1/127.5,shift=-1");
  private static final List<String> COVID = List.of("COVID", "NORMAL", "PNEUMONIA");
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
  void chestPrototypeModelIsServedByWhatItsPrototypesAdd() {
    byte[] graph = bytes("cxr-protopnet");

    StoredModel model =
        added("cxr-protopnet", List.of("NORMAL", "PNEUMONIA"), List.of("PNEUMONIA"));

    assertThat(model.manifest().explainer())
        .isEqualTo(new Manifest.Explainer("prototypes", Map.of("top", "5")));
    assertThat(model.readings().prototypes().orElseThrow().count()).isEqualTo(20);
    assertServes(model);
    var images = new SeededImages(model.manifest().input()).batch(3);
    List<Outputs> outputs = run(model);
    try (Session own = new Session(graph)) {
      for (int i = 0; i < 3; i++) {
        float[] pixels = new float[3 * 224 * 224];
        images.image(i).get(pixels);
        assertIsWhatPrototypesAdd(
            model, outputs.get(i), own.run(pixels, 1, 3, 224, 224).get("logits"));
      }
    }
  }

  /** Against the graph's own logits, and against the same evidence made of its similarities. */
  private static void assertIsWhatPrototypesAdd(StoredModel model, Outputs found, float[] logits) {
    Extra extra = found.extra(ExtraRole.PROTOTYPE_SIMILARITY).orElseThrow();
    assertThat(extra.shape()).containsExactly(20, 7, 7);
    LabelGrids similarities = new LabelGrids(extra.values(), 20, 7, 7);
    PrototypeEvidence parts =
        new PrototypeEvidence(similarities, model.readings().prototypes().orElseThrow().rows());
    float[] expected = parts.outputs().evidence(1);
    assertThat(found.evidence(1)).containsExactly(expected, within(1e-3f));
    assertThat(Faithfulness.residual(found)).isLessThan(1e-5);
    for (int label = 0; label < 2; label++) {
      double sum = parts.logit(label) + found.offset(label);
      assertThat(sum).isCloseTo(logits[label], within(1e-5 * Math.abs(logits[label])));
    }
  }

  @Test
  void thirdPartysModelIsRewrittenAndPredictsTheSame() {
    byte[] graph = bytes("thirdparty-cxr3-mobilenetv2");

    StoredModel model = added("thirdparty-cxr3-mobilenetv2", COVID, List.of("COVID"));

    assertThat(model.manifest().link()).isEqualTo(Link.SOFTMAX);
    assertThat(model.manifest().explainer())
        .isEqualTo(new Manifest.Explainer("class-evidence", Map.of("head", "piecewise-linear")));
    assertServes(model);
    assertPredictsAs(model, graph, 1e-5);
  }

  @Test
  void modelsWithoutTheirAuthorsEvidenceGetTheSameEvidenceBack() {
    for (String name : List.of("cxr-pneumonia-evidence", "fundus-evidence")) {
      byte[] plain = Surgery.onlyOutput(bytes(name), "probabilities");

      StoredModel model = added(name, plain);
      StoredModel authors = added(name, List.of(), List.of());

      assertPredictsAs(model, plain, 1e-5);
      Outputs found = run(model).getFirst();
      Outputs expected = run(authors).getFirst();
      for (int label = 0; label < expected.labels(); label++) {
        assertThat(found.evidence(label)).containsExactly(expected.evidence(label), within(1e-4f));
        assertThat(found.offset(label)).isCloseTo(expected.offset(label), within(1e-4f));
      }
    }
  }

  @Test
  void closedBatchIsOpenedWhereThatChangesNothing() {
    byte[] closed = Surgery.batchOfOne(bytes("thirdparty-cxr3-mobilenetv2"));

    StoredModel model = added("closed", closed);

    OnnxGraph graph = OnnxGraph.read(model.read(StoredModel.ONNX));
    assertThat(graph.inputs()).hasToString("[input float[?,3,224,224]]");
    assertPredictsAs(model, closed, 1e-5);
  }

  @Test
  void halfPrecisionStaysInsideAndPredictsTheSameToItsRounding() {
    byte[] half = Surgery.halfPrecision(bytes("thirdparty-cxr3-mobilenetv2"));

    StoredModel model = added("half", half);

    OnnxGraph graph = OnnxGraph.read(model.read(StoredModel.ONNX));
    assertThat(graph.inputs()).hasToString("[input_nchw float[?,3,224,224]]");
    assertServes(model);
    // Against the graph in single precision: what fifty layers of half precision do to noise.
    assertPredictsAs(model, bytes("thirdparty-cxr3-mobilenetv2"), 1e-1);
  }

  /** The link of a model's logits against the graph's own last output, relative. */
  private static void assertPredictsAs(StoredModel model, byte[] graph, double tolerance) {
    try (Session own = new Session(graph)) {
      var images = new SeededImages(model.manifest().input()).batch(3);
      List<Outputs> outputs = run(model);
      for (int i = 0; i < 3; i++) {
        float[] pixels = new float[3 * 224 * 224];
        images.image(i).get(pixels);
        float[] expected = own.run(pixels, 1, 3, 224, 224).get("probabilities");
        float[] found = model.manifest().link().probabilities(outputs.get(i).logits());
        for (int label = 0; label < expected.length; label++) {
          float limit = (float) (tolerance * Math.max(expected[label], tolerance));
          assertThat(found[label]).isCloseTo(expected[label], within(limit));
        }
      }
    }
  }

  private static List<Outputs> run(StoredModel model) {
    Loading loading = new ModelLoader(InferenceConfig.defaults()).load(model);
    assertThat(loading).isInstanceOf(Loading.Ready.class);
    try (Classifier classifier = ((Loading.Ready) loading).classifier()) {
      return Calls.run(classifier, new SeededImages(model.manifest().input()).batch(3));
    }
  }

  private StoredModel added(String id, byte[] graph) {
    try {
      Path file = Files.write(store.resolve(id + ".onnx"), graph);
      Adding adding = add(file, id + "-rewritten", List.of(), List.of());
      assertThat(adding).isInstanceOf(Adding.Added.class);
      return ((Adding.Added) adding).model();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String name) {
    Path file = models().resolve(name + ".onnx");
    assumeTrue(Files.isRegularFile(file), "no model at " + file);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return add(file, name, labels, positive);
  }

  private Adding add(Path file, String id, List<String> labels, List<String> positive) {
    return new ModelAdd(InferenceConfig.defaults())
        .add(
            new ModelAdd.Request(
                file,
                id,
                labels,
                positive,
                Optional.of(INPUT),
                Optional.empty(),
                store,
                Optional.empty(),
                Probing.standard()));
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
