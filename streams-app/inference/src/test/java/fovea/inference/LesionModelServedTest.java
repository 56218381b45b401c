package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.lesion.LesionPath;
import fovea.core.inference.Classifier;
import fovea.core.inference.Extra;
import fovea.core.inference.ExtraRole;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.Readings;
import fovea.modelstore.ReadingsJson;
import fovea.modelstore.StoredModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model of lesions that is committed, on the engine that serves. */
class LesionModelServedTest {
  private final StoredModel model =
      ModelStore.at(Path.of(System.getProperty("fovea.root", "../.."), "model-store", "models"))
          .open("fundus-lesions", "1");

  @Test
  void whatTheGraphSaysIsMadeOfItsLesionsAlone() {
    Readings.Lesions said = ReadingsJson.read(model.read(Readings.FILE)).lesions().orElseThrow();
    int diagnosis = model.manifest().labels().indexOf(said.label());
    try (Classifier classifier = ready()) {
      for (Outputs o : Calls.run(classifier, images())) {
        LabelGrids maps = maps(o);
        LesionPath path = said.model().path(maps);

        assertThat(path.sum() + o.offset(diagnosis)).isCloseTo(o.logit(diagnosis), within(1e-4));
        assertThat(o.residual()).isLessThan(1e-4);
        float[] evidence = o.evidence(diagnosis);
        float[] expected = said.model().evidence(maps).grid(0);
        for (int i = 0; i < evidence.length; i++) {
          assertThat((double) evidence[i])
              .isCloseTo(expected[i], within(1e-4 * Math.max(1, expected[i])));
        }
        for (LesionPath.Step step : path.steps()) {
          assertThat(1 / (1 + Math.exp(-o.logit(step.lesion()))))
              .isCloseTo(step.probability(), within(1e-5));
        }
      }
    }
  }

  private Classifier ready() {
    Loading loading = new ModelLoader(InferenceConfig.defaults()).load(model);
    assertThat(loading).isInstanceOf(Loading.Ready.class);
    return ((Loading.Ready) loading).classifier();
  }

  private ImageBatch images() {
    ParityVectors parity = model.parity();
    List<Long> shape = parity.input().shape();
    ImageBatch out =
        new ImageBatch(
            parity.count(),
            shape.get(1).intValue(),
            shape.get(2).intValue(),
            shape.get(3).intValue());
    out.bytes().asFloatBuffer().put(parity.input().values());
    return out;
  }

  private static LabelGrids maps(Outputs outputs) {
    Extra extra = outputs.extra(ExtraRole.LESIONS).orElseThrow();
    return new LabelGrids(
        extra.values(), extra.shape().get(0), extra.shape().get(1), extra.shape().get(2));
  }
}
