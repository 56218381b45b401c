package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.blackbox.LogitProbe;
import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import fovea.modelstore.StoredModel.Grid;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs whose heads hide where they look, in the store and served. */
class BlackBoxAddTest {
  private static final InputSpec INPUT = InputSpec.parse("rgb16,scale=1/127.5,shift=-1");
  private static final List<String> THREE = List.of("a", "b", "c");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Probing ALL_ON_FOUR =
      new Probing(
          Optional.of(new ExplainerSpec.Occlusion(1, 1)),
          Optional.of(new Grid(4, 4)),
          OptionalDouble.of(1),
          LONG);

  @TempDir private Path folder;

  @Test
  void flattenedHeadIsAddedAndServesItsLogits() {
    byte[] graph = flattened(OnnxGraph.FREE);

    Adding.Added added = added(graph, ALL_ON_FOUR);

    Manifest manifest = added.model().manifest();
    assertThat(manifest.outputs()).containsOnlyKeys("logits");
    assertThat(manifest.offset()).isEmpty();
    assertThat(manifest.explainer().id()).isEqualTo("occlusion");
    assertThat(manifest.explainer().probe())
        .contains(new Manifest.Probe(4, 4, 1, List.of(0f, 0f, 0f)));
    assertThat(added.model().grid()).isEqualTo(new Grid(4, 4));
    assertThat(added.model().parity().explained()).isFalse();
    assertThat(added.notes())
        .anyMatch(note -> note.startsWith("A black box: the head reads every cell by itself"))
        .anyMatch(note -> note.contains("on a grid of 4x4: 17 forwards"))
        .anyMatch(note -> note.contains("17.0 more forwards for each image"));
    List<Outputs> outputs = run(added.model(), images(3));
    try (Session own = new Session(graph)) {
      for (int i = 0; i < 3; i++) {
        float[] pixels = new float[3 * 16 * 16];
        images(3).image(i).get(pixels);
        assertThat(outputs.get(i).logits())
            .containsExactly(own.run(pixels, 1, 3, 16, 16).get("out"), within(1e-5f));
        assertThat(outputs.get(i).explained()).isFalse();
      }
    }
  }

  @Test
  void roundingBetweenPoolingAndHeadIsServedToo() {
    byte[] graph =
        Heads.ofImage(
            OnnxGraph.FREE,
            (h, m) ->
                h.gemm(
                    h.op(
                        "DequantizeLinear",
                        h.op("QuantizeLinear", h.pooled(m), h.number(0.01)),
                        h.number(0.01)),
                    Heads.CHANNELS,
                    Heads.LABELS));

    Adding.Added added = added(graph, ALL_ON_FOUR);

    assertThat(added.notes()).anyMatch(note -> note.contains("rounding is not linear"));
    assertThat(run(added.model(), images(2))).allMatch(Outputs::finite);
  }

  @Test
  void closedBatchIsOpened() {
    Adding.Added added = added(flattened(1), ALL_ON_FOUR);

    assertThat(run(added.model(), images(5))).hasSize(5);
    assertThat(added.notes()).anyMatch(note -> note.contains("batch, which was fixed, is open"));
  }

  @Test
  void whatIsNotSaidIsChosenAndSaid() {
    Adding.Added added = added(flattened(OnnxGraph.FREE), Probing.standard(LONG));

    Manifest.Explainer explainer = added.model().manifest().explainer();
    assertThat(explainer.spec()).isEqualTo(new ExplainerSpec.Occlusion(2, 1));
    Manifest.Probe probe = explainer.probe().orElseThrow();
    assertThat(new Grid(probe.gridHeight(), probe.gridWidth())).isEqualTo(new Grid(7, 7));
    // 37 forwards of 0.027 of all images are 0.999 of one forward.
    assertThat(probe.share()).isEqualTo(0.027);
    assertThat(added.notes()).anyMatch(note -> note.contains("A share of 0.027 of images"));
  }

  @Test
  void scaleHoldsFourTimesTheGreatestChange() {
    StoredModel model = added(flattened(OnnxGraph.FREE), ALL_ON_FOUR).model();

    double greatest = 0;
    for (Outputs outputs : explained(model, 4)) {
      for (float value : Acceptance.evidence(List.of(outputs))) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    double most = Math.scalb(32767.0, model.manifest().quantisation().scaleExponent());
    assertThat(most).isBetween(4 * greatest, 8 * greatest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"occlusion window=1", "rise masks=150", "mask-es forwards=200"})
  void mapOfAModelThatReadsOneQuadrantLiesThere(String explainer) {
    Probing probing =
        new Probing(
            Optional.of(Probing.explainer(explainer)),
            Optional.of(new Grid(4, 4)),
            OptionalDouble.of(1),
            LONG);
    StoredModel model =
        added(Graphs.ofTheUpperLeft(), probing, List.of("seen", "not"), Link.SIGMOID).model();

    double inside = 0;
    double all = 0;
    for (Outputs outputs : explained(model, 12)) {
      float[] map = outputs.evidence(0);
      for (int cell = 0; cell < 16; cell++) {
        double mass = Math.abs(map[cell]);
        all += mass;
        inside += cell / 4 < 2 && cell % 4 < 2 ? mass : 0;
      }
    }
    assertThat(all).isPositive();
    assertThat(inside / all).isGreaterThan(explainer.startsWith("occlusion") ? 0.999 : 0.6);
  }

  @Test
  void mapsAreTheSameBitsInAnyBatch() {
    StoredModel model = added(flattened(OnnxGraph.FREE), ALL_ON_FOUR).model();
    assertThat(model.manifest().batchInvariant()).isTrue();
    try (Classifier classifier = classifier(model)) {
      for (int batch : new int[] {1, 3, 16}) {
        assertThat(map(model, classifier, batch)).isEqualTo(map(model, classifier, 7));
      }
    }
  }

  @Test
  void whatTakesTooLongIsRefusedByNameAndValue() {
    Probing tight =
        new Probing(
            Optional.of(Probing.explainer("rise masks=100000")),
            Optional.empty(),
            OptionalDouble.empty(),
            Duration.ofMillis(1));

    Adding adding = add(flattened(OnnxGraph.FREE), tight, THREE, Link.SIGMOID);

    assertThat(adding)
        .isInstanceOfSatisfying(
            Adding.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("explainer 'rise kept=0.5 masks=100000 smooth=false'")
                    .contains("needs 100000 forwards of ")
                    .contains("at most 0.0 s fit"));
    assertThat(folder.resolve("store/m")).doesNotExist();
  }

  @Test
  void gridFinerThanTheImageIsRefused() {
    Probing fine =
        new Probing(Optional.empty(), Optional.of(new Grid(17, 4)), OptionalDouble.empty(), LONG);

    assertThat(add(flattened(OnnxGraph.FREE), fine, THREE, Link.SIGMOID))
        .isInstanceOfSatisfying(
            Adding.Refused.class, refused -> assertThat(refused.reason()).contains("17x4"));
  }

  @Test
  void otherEnginesMapsAreComparedToo() {
    StoredModel model = added(flattened(OnnxGraph.FREE), ALL_ON_FOUR).model();

    Loading same = load(model, UnaryOperator.identity());
    Loading other = load(model, BlackBoxAddTest::rounded);

    assertThat(((Loading.Ready) same).parity().orElseThrow().counts().maps()).isPositive();
    ((Loading.Ready) same).classifier().close();
    assertThat(((Loading.Refused) other).reason()).contains("attention");
  }

  @Test
  void explainersHaveHashesOfTheirOwn() {
    StoredModel one = added(flattened(OnnxGraph.FREE), ALL_ON_FOUR).model();
    Probing rise =
        new Probing(
            Optional.of(Probing.explainer("rise masks=50")),
            Optional.of(new Grid(4, 4)),
            OptionalDouble.of(1),
            LONG);

    StoredModel other = added(flattened(OnnxGraph.FREE), rise).model();

    assertThat(other.ref().version()).isEqualTo("2");
    assertThat(other.variant("fp32")).isNotEqualTo(one.variant("fp32"));
    assertThat(add(flattened(OnnxGraph.FREE), rise, THREE, Link.SIGMOID))
        .isInstanceOf(Adding.Unchanged.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lime", "rise masks", "rise masks=1", "occlusion size=3", ""})
  void wrongExplainersAreRefused(String text) {
    assertThatThrownBy(() -> Probing.explainer(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parametersReplaceTheStandardOnes() {
    assertThat(Probing.explainer("rise masks=31 smooth=true"))
        .isEqualTo(new ExplainerSpec.Rise(31, 0.5, true));
    assertThat(Probing.grid("5x11")).isEqualTo(new Grid(5, 11));
    assertThatThrownBy(() -> Probing.grid("0x4")).hasMessageContaining("0x4");
  }

  private static byte[] flattened(long batch) {
    return Heads.ofImage(
        batch,
        (h, m) ->
            h.gemm(
                h.op("Flatten", h.op("MaxPool", Map.of("kernel_shape", List.of(2, 2)), m)),
                9 * Heads.CHANNELS,
                Heads.LABELS));
  }

  /** To whole numbers: another engine that is not worth much. */
  private static Outputs rounded(Outputs outputs) {
    float[] logits = outputs.logits();
    for (int l = 0; l < logits.length; l++) {
      logits[l] = Math.round(logits[l]);
    }
    return Outputs.ofLogits(logits);
  }

  private Loading load(StoredModel model, UnaryOperator<Outputs> change) {
    EngineRoom cpu = new OnnxEngine(InferenceConfig.defaults());
    LivePlan live = new LivePlan(0, new SimpleMeterRegistry());
    return new ModelLoader(SimulatedEngine.room(change), cpu, live).load(model);
  }

  private static float[] map(StoredModel model, Classifier classifier, int batch) {
    ImageBatch image = images(1);
    Outputs outputs = Calls.run(classifier, image).getFirst();
    return Acceptance.evidence(
        List.of(probe(model, classifier, batch).explained("image", image, outputs)));
  }

  private static LogitProbe probe(StoredModel model, Classifier classifier, int batch) {
    return new LogitProbe(
        model.manifest().probePlan(), batch, masked -> Calls.run(classifier, masked));
  }

  private static List<Outputs> explained(StoredModel model, int count) {
    List<Outputs> out = new ArrayList<>();
    try (Classifier classifier = classifier(model)) {
      LogitProbe probe = probe(model, classifier, 16);
      for (ImageBatch image : new SeededImages(model.manifest().input()).singles(count)) {
        Outputs outputs = Calls.run(classifier, image).getFirst();
        out.add(probe.explained("image-" + out.size(), image, outputs));
      }
    }
    return out;
  }

  private static ImageBatch images(int count) {
    return new SeededImages(INPUT.input("image")).batch(count);
  }

  private static List<Outputs> run(StoredModel model, ImageBatch images) {
    try (Classifier classifier = classifier(model)) {
      return Calls.run(classifier, images);
    }
  }

  private static Classifier classifier(StoredModel model) {
    Loading loading = new ModelLoader(InferenceConfig.defaults()).load(model);
    assertThat(loading).isInstanceOf(Loading.Ready.class);
    return ((Loading.Ready) loading).classifier();
  }

  private Adding.Added added(byte[] graph, Probing probing) {
    return added(graph, probing, THREE, Link.SIGMOID);
  }

  private Adding.Added added(byte[] graph, Probing probing, List<String> labels, Link link) {
    Adding adding = add(graph, probing, labels, link);
    assertThat(adding).isInstanceOf(Adding.Added.class);
    return (Adding.Added) adding;
  }

  private Adding add(byte[] graph, Probing probing, List<String> labels, Link link) {
    try {
      Path file = Files.write(folder.resolve("m.onnx"), graph);
      return new ModelAdd(InferenceConfig.defaults())
          .add(
              new ModelAdd.Request(
                  file,
                  "m",
                  labels,
                  List.of(),
                  Optional.of(INPUT),
                  Optional.of(link),
                  folder.resolve("store"),
                  Optional.empty(),
                  probing));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
