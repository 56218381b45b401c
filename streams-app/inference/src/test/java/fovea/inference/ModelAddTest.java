package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelAddTest {
  private static final InputSpec INPUT = InputSpec.parse("rgb16,scale=1/127.5,shift=-1");
  private static final List<String> TWO = List.of("healthy", "ill");
  private final ModelAdd adder = new ModelAdd(InferenceConfig.defaults());
  @TempDir private Path folder;

  @Test
  void addedModelLoadsAndSaysWhatItIs() {
    Adding.Added added = added(Graphs.net(OnnxGraph.FREE), TWO, Optional.of(Link.SIGMOID));

    Manifest manifest = added.model().manifest();
    assertThat(added.model().directory()).isEqualTo(store().directory().resolve("net/1"));
    assertThat(manifest.input().name()).isEqualTo("image");
    assertThat(manifest.offset().get(0)).isCloseTo(Graphs.OFFSET[0], within(1e-4f));
    assertThat(manifest.offset().get(1)).isCloseTo(Graphs.OFFSET[1], within(1e-4f));
    assertThat(manifest.positive()).isEqualTo(TWO);
    assertThat(manifest.thresholds()).containsEntry("ill", 0.5);
    assertThat(manifest.files())
        .containsOnlyKeys(
            "model.onnx",
            "model-card.md",
            "parity/parity.json",
            "parity/input.f32",
            "parity/logits.f32",
            "parity/evidence.f32");
    assertThat(added.model().directory().resolve("model-card.md"))
        .content()
        .contains("fovea.contract: evidence/1", "Licence: not stated");
    assertThat(added.model().onnx()).hasBinaryContent(Graphs.net(OnnxGraph.FREE));
    classifier(added.model()).close();
  }

  @Test
  void scaleHoldsFourTimesTheEvidenceAndIsTheFinestThatDoes() {
    Manifest.Quantisation q = ManifestDraft.quantisation(10);

    double range = Math.scalb(32767.0, q.scaleExponent());
    assertThat(range).isBetween(40.0, 80.0);
    assertThat(q.floor()).isPositive();
  }

  @Test
  void softmaxEvidenceBecomesTheContrastAndProbabilitiesStay() {
    StoredModel plain = added(Graphs.net(OnnxGraph.FREE), TWO, Optional.of(Link.SIGMOID)).model();
    Adding.Added added = added(Graphs.net(OnnxGraph.FREE), TWO, Optional.empty());

    Manifest manifest = added.model().manifest();
    assertThat(manifest.link()).isEqualTo(Link.SOFTMAX);
    assertThat(manifest.positive()).containsExactly("ill");
    assertThat(manifest.outputs()).containsEntry("evidence", "evidence_contrast");
    assertThat(added.notes()).anyMatch(note -> note.contains("--link sigmoid"));
    List<Outputs> before = run(plain);
    List<Outputs> after = run(added.model());
    for (int i = 0; i < before.size(); i++) {
      assertThat(Contrast.imbalance(before.get(i))).isGreaterThan(0.1);
      assertThat(Contrast.imbalance(after.get(i))).isLessThan(1e-5);
      assertThat(after.get(i).residual()).isLessThan(1e-4);
      assertThat(Link.SOFTMAX.probabilities(after.get(i).logits()))
          .containsExactly(Link.SOFTMAX.probabilities(before.get(i).logits()), within(1e-5f));
    }
  }

  @Test
  void contrastIsMadeInTheGraphsOwnOpset() throws IOException {
    for (long opset : new long[] {13, 18, 21}) {
      var model = OnnxMl.ModelProto.parseFrom(Graphs.net(OnnxGraph.FREE)).toBuilder();
      model.getOpsetImportBuilder(0).setVersion(opset);

      Adding.Added added = added(model.build().toByteArray(), TWO, Optional.empty());

      assertThat(Contrast.imbalance(run(added.model()).getFirst())).isLessThan(1e-5);
    }
  }

  @Test
  void biasMovesOutOfTheEvidence() {
    Adding.Added added = added(Graphs.withBiasInside(), TWO, Optional.of(Link.SIGMOID));

    assertThat(added.model().manifest().offset().get(0)).isCloseTo(3, within(1e-3f));
    assertThat(added.model().manifest().offset().get(1)).isCloseTo(-1, within(1e-3f));
    assertThat(added.notes()).anyMatch(note -> note.contains("moved into the offset: [3.0, -1.0]"));
    Outputs outputs = run(added.model()).getFirst();
    assertThat(outputs.residual()).isLessThan(1e-4);
  }

  @Test
  void biasMovesAndContrastIsMadeTogether() {
    Adding.Added added = added(Graphs.withBiasInside(), TWO, Optional.of(Link.SOFTMAX));

    assertThat(added.model().manifest().offset().get(0)).isCloseTo(2, within(1e-3f));
    assertThat(added.model().manifest().offset().get(1)).isCloseTo(-2, within(1e-3f));
    assertThat(Contrast.imbalance(run(added.model()).getFirst())).isLessThan(1e-4);
  }

  @Test
  void sameModelIsSaidToBeThereAndAnotherGetsTheNextVersion() {
    added(Graphs.net(OnnxGraph.FREE), TWO, Optional.of(Link.SIGMOID));

    Adding again = add(Graphs.net(OnnxGraph.FREE), TWO, Optional.of(Link.SIGMOID));
    Adding.Added other = added(Graphs.net(OnnxGraph.FREE), List.of("a", "b"), Optional.empty());

    assertThat(again)
        .isInstanceOfSatisfying(
            Adding.Unchanged.class,
            same -> assertThat(same.model().ref()).isEqualTo(new ModelRef("net", "1")));
    assertThat(other.model().ref()).isEqualTo(new ModelRef("net", "2"));
  }

  @Test
  void sampleOfImagesMakesTheFrame() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images/a"));
    for (int i = 0; i < 12; i++) {
      ImageIO.write(image(i), "png", images.resolve("i" + i + ".png").toFile());
    }
    Files.writeString(images.resolve("notes.txt"), "no image");
    Path file = write(Graphs.net(OnnxGraph.FREE));

    Adding adding = adder.add(request(file, TWO, Optional.empty(), Optional.of(images)));

    assertThat(adding).isInstanceOf(Adding.Added.class);
    Adding.Added added = (Adding.Added) adding;
    assertThat(added.model().template().orElseThrow()).hasSize(1024);
    assertThat(added.model().manifest().frame().template()).isEqualTo("template.f32");
    assertThat(added.model().manifest().frame().aspect()).isEqualTo(1.5);
    assertThat(added.model().manifest().frame().minCorrelation()).isBetween(0.5, 1.0);
    assertThat(added.notes())
        .anyMatch(note -> note.contains("mean of 12 images of a sample; 1 files were no image"));
  }

  @Test
  void whatDoesNotKeepTheContractIsRefusedWithASentence() {
    assertRefused(new byte[] {1, 2, 3}, TWO, "not an ONNX model");
    assertRefused(new byte[0], TWO, "not an ONNX model");
    assertRefused(Arrays.copyOf(Graphs.net(OnnxGraph.FREE), 600), TWO, "not an ONNX model: ");
    assertRefused(
        Graphs.withoutLogits(),
        TWO,
        "no logits: no output has one row of numbers per image: [evidence float[?,2,4,4]]");
    assertRefused(
        Graphs.net(OnnxGraph.FREE),
        List.of("a", "b", "c"),
        "the graph has 2 logits, labels were given for 3: [a, b, c]");
    assertRefused(Graphs.net(OnnxGraph.FREE), List.of("a", "a"), "labels must be some, each once");
    assertRefused(Graphs.nan(), TWO, "the model gives NaN or infinity");
    assertRefused(Graphs.unfaithful(), TWO, "logits are not mean(evidence) plus a constant");
    assertRefused(Graphs.silent(), TWO, "the evidence is 0 everywhere");
    assertThat(store().list()).isEmpty();
  }

  @Test
  void otherInputThanTheGraphsIsRefused() throws IOException {
    Path file = write(Graphs.net(OnnxGraph.FREE));
    ModelAdd.Request grey =
        new ModelAdd.Request(
            file,
            "net",
            TWO,
            List.of(),
            Optional.of(InputSpec.parse("grey16")),
            Optional.empty(),
            store().directory(),
            Optional.empty(),
            Probing.standard());

    assertThat(adder.add(grey))
        .isEqualTo(
            new Adding.Refused(
                "the input must be image float[?,1,16,16], the graph has image float[?,3,16,16]"));
  }

  @Test
  void absentFileAndFolderAreRefused() throws IOException {
    Path none = folder.resolve("none");

    assertThat(adder.add(request(none, TWO, Optional.empty(), Optional.empty())))
        .isEqualTo(new Adding.Refused("no file " + none));
    Path file = write(Graphs.net(OnnxGraph.FREE));
    assertThat(adder.add(request(file, TWO, Optional.empty(), Optional.of(none))))
        .isEqualTo(new Adding.Refused("no folder of images: " + none));
  }

  private void assertRefused(byte[] graph, List<String> labels, String reason) {
    assertThat(add(graph, labels, Optional.empty()))
        .isInstanceOfSatisfying(
            Adding.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  private Adding.Added added(byte[] graph, List<String> labels, Optional<Link> link) {
    Adding adding = add(graph, labels, link);
    assertThat(adding).isInstanceOf(Adding.Added.class);
    return (Adding.Added) adding;
  }

  private Adding add(byte[] graph, List<String> labels, Optional<Link> link) {
    try {
      return adder.add(request(write(graph), labels, link, Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ModelAdd.Request request(
      Path file, List<String> labels, Optional<Link> link, Optional<Path> images) {
    return new ModelAdd.Request(
        file,
        "net",
        labels,
        List.of(),
        Optional.of(INPUT),
        link,
        store().directory(),
        images,
        Probing.standard());
  }

  private Path write(byte[] graph) throws IOException {
    return Files.write(folder.resolve("given.onnx"), graph);
  }

  private ModelStore store() {
    return ModelStore.at(folder.resolve("models"));
  }

  private static List<Outputs> run(StoredModel model) {
    ImageBatch batch = new SeededImages(Graphs.input()).batch(4);
    try (Classifier classifier = classifier(model)) {
      return Calls.run(classifier, batch);
    }
  }

  private static Classifier classifier(StoredModel model) {
    Loading loading = new ModelLoader(InferenceConfig.defaults()).load(model);
    assertThat(loading).isInstanceOf(Loading.Ready.class);
    return ((Loading.Ready) loading).classifier();
  }

  /** A bright disc that wanders a little, on grey noise. */
  private static BufferedImage image(int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_BYTE_GRAY);
    int centre = 44 + random.nextInt(9);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 96; x++) {
        boolean inside = Math.hypot(x - centre, y - 32) < 20;
        image.getRaster().setSample(x, y, 0, (inside ? 200 : 40) + random.nextInt(20));
      }
    }
    return image;
  }
}
