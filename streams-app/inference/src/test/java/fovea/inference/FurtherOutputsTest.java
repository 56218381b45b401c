package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.lesion.Diagnosis;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.explainer.lesion.LesionPooling;
import fovea.core.explainer.prototype.PrototypeEvidence;
import fovea.core.inference.Classifier;
import fovea.core.inference.Extra;
import fovea.core.inference.ExtraRole;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.core.quality.Faithfulness;
import fovea.modelstore.Link;
import fovea.modelstore.ModelStore;
import fovea.modelstore.Readings;
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

/** What graphs say beside logits and evidence, on the engine. */
class FurtherOutputsTest {
  private static final InputSpec INPUT = InputSpec.parse("rgb16,scale=1/127.5,shift=-1");
  private static final List<String> TWO = List.of("healthy", "ill");
  private final ModelAdd adder = new ModelAdd(InferenceConfig.defaults());
  @TempDir private Path folder;

  @Test
  void prototypesMakeTheEvidenceWhetherLabelsExcludeEachOtherOrNot() {
    for (Link link : List.of(Link.SIGMOID, Link.SOFTMAX)) {
      StoredModel model =
          added(FurtherGraphs.prototypes("similarity_maps"), TWO, link, Readings.NONE);

      Readings.Prototypes said = model.readings().prototypes().orElseThrow();
      assertThat(model.manifest().explainer().id()).isEqualTo("prototypes");
      for (Outputs outputs : run(model)) {
        Extra similarity = outputs.extra(ExtraRole.PROTOTYPE_SIMILARITY).orElseThrow();
        PrototypeEvidence parts = new PrototypeEvidence(grids(similarity), said.rows());
        assertThat(Faithfulness.residual(outputs)).isLessThan(1e-5);
        for (int label = 0; label < 2; label++) {
          assertThat(outputs.evidence(label))
              .containsExactly(parts.outputs().evidence(label), within(1e-3f));
          assertThat(parts.logit(label) + outputs.offset(label))
              .isCloseTo(outputs.logit(label), within(1e-4));
        }
      }
    }
  }

  @Test
  void whatAUserSaysOfPrototypesIsKept() {
    List<String> names = List.of("a", "b", "c", "d", "e", "f");
    Readings said = Readings.NONE.with(new Readings.Prototypes(2, names, List.of()));

    StoredModel model =
        added(FurtherGraphs.prototypes("prototype_similarity"), TWO, Link.SOFTMAX, said);

    assertThat(model.manifest().explainer().parameters()).isEqualTo(Map.of("top", "2"));
    Readings.Prototypes kept = model.readings().prototypes().orElseThrow();
    assertThat(kept.names()).isEqualTo(names);
    assertThat(kept.weights()).hasSize(2).allMatch(row -> row.size() == 6);
  }

  @Test
  void otherMapsUnderTheNameOfSimilaritiesAreRefused() {
    byte[] graph =
        Surgery.outputsExchanged(
            FurtherGraphs.prototypes("similarity_maps"), "similarity_maps", "distances");

    assertThat(add(graph, TWO, Link.SIGMOID, Readings.NONE))
        .isInstanceOfSatisfying(
            Adding.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("logits are not mean(evidence) plus a constant"));
  }

  @Test
  void prototypesUnderAnotherNameAreABlackBox() {
    assertThat(add(FurtherGraphs.prototypes("maps"), TWO, Link.SIGMOID, Readings.NONE))
        .isInstanceOfSatisfying(
            Adding.Added.class, added -> assertThat(added.model().manifest().blackBox()).isTrue());
  }

  @Test
  void furtherOutputsOfAnImageAreTheSameAloneAndInABatch() {
    StoredModel model =
        added(FurtherGraphs.lesions(), List.of("ill"), Link.SIGMOID, lesions(1.5, 2.5));
    ImageBatch batch = new SeededImages(Graphs.input()).batch(3);
    try (Classifier classifier = classifier(model)) {
      List<Outputs> together = Calls.run(classifier, batch);
      for (int i = 0; i < 3; i++) {
        ImageBatch one = new ImageBatch(1, 3, 16, 16);
        one.image(0).put(batch.image(i));
        Outputs alone = Calls.run(classifier, one).getFirst();
        for (ExtraRole role :
            List.of(ExtraRole.LESIONS, ExtraRole.EMBEDDING, ExtraRole.PROJECTION)) {
          Extra found = together.get(i).extra(role).orElseThrow();
          assertThat(found.shape()).isEqualTo(alone.extra(role).orElseThrow().shape());
          assertThat(found.values()).containsExactly(alone.extra(role).orElseThrow().values());
        }
        assertThat(alone.extra(ExtraRole.PROTOTYPE_SIMILARITY)).isEmpty();
      }
    }
  }

  @Test
  void lesionsThatDoNotMakeTheDiagnosisAreRefused() {
    Adding adding = add(FurtherGraphs.lesions(), List.of("ill"), Link.SIGMOID, lesions(1.5, 2));

    assertThat(adding)
        .isInstanceOfSatisfying(
            Adding.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("readings.json: lesions make ill with probability"));
  }

  @Test
  void readingsThatAreNotOfTheGraphAreRefused() {
    Readings.Lesions three =
        new Readings.Lesions(
            List.of("a", "b", "c"),
            "ill",
            new LesionModel(new LesionPooling.GreatestCell(), new Diagnosis.NoisyOr()));
    Readings wrong = new Readings(Optional.empty(), Optional.of(three), Optional.empty());
    Readings nobody = new Readings(Optional.empty(), Optional.empty(), Optional.of("sick"));
    Readings none = Readings.NONE.with(new Readings.Prototypes(3, List.of("a"), List.of()));

    assertRefused(wrong, "3 of lesions are named, the graph gives 2");
    assertRefused(nobody, "abnormality is the label 'sick', the model has [ill]");
    assertRefused(none, "the manifest's outputs name no prototype_similarity");
  }

  private void assertRefused(Readings readings, String reason) {
    assertThat(add(FurtherGraphs.lesions(), List.of("ill"), Link.SIGMOID, readings))
        .isInstanceOfSatisfying(
            Adding.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  private static Readings lesions(double first, double second) {
    return new Readings(
        Optional.empty(),
        Optional.of(
            new Readings.Lesions(
                List.of("drusen", "haemorrhage"),
                "ill",
                new LesionModel(
                    new LesionPooling.GreatestCell(),
                    new Diagnosis.Weighted(List.of(first, second), FurtherGraphs.LESION_BIAS)))),
        Optional.empty());
  }

  private static LabelGrids grids(Extra extra) {
    List<Integer> shape = extra.shape();
    return new LabelGrids(extra.values(), shape.get(0), shape.get(1), shape.get(2));
  }

  private StoredModel added(byte[] graph, List<String> labels, Link link, Readings readings) {
    Adding adding = add(graph, labels, link, readings);
    assertThat(adding).isInstanceOf(Adding.Added.class);
    return ((Adding.Added) adding).model();
  }

  private Adding add(byte[] graph, List<String> labels, Link link, Readings readings) {
    try {
      Path file = Files.write(folder.resolve("given.onnx"), graph);
      return adder.add(
          new ModelAdd.Request(
              file,
              "further",
              labels,
              List.of(),
              Optional.of(INPUT),
              Optional.of(link),
              ModelStore.at(folder.resolve("models")).directory(),
              Optional.empty(),
              Probing.standard()),
          readings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Outputs> run(StoredModel model) {
    try (Classifier classifier = classifier(model)) {
      return Calls.run(classifier, new SeededImages(Graphs.input()).batch(4));
    }
  }

  private static Classifier classifier(StoredModel model) {
    Loading loading = new ModelLoader(InferenceConfig.defaults()).load(model);
    assertThat(loading).isInstanceOf(Loading.Ready.class);
    return ((Loading.Ready) loading).classifier();
  }
}
