package fovea.core.explainer.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogitProbeTest {
  private static final int SIDE = 4;
  private static final int PIXELS = 8;
  private static final int CELLS = SIDE * SIDE;

  private final double[][] weights = {weights(1), weights(2), weights(3)};
  private int images;

  @Test
  void occlusionOfAnAdditiveModelIsItsContributions() {
    Outputs explained =
        probe(new ExplainerSpec.Occlusion(1, 1), false, 5).explained("i", ones(), clean());

    assertThat(explained.explained()).isTrue();
    assertThat(explained.additive()).isFalse();
    assertThat(explained.logits()).isEqualTo(clean().logits());
    for (int l = 0; l < weights.length; l++) {
      for (int cell = 0; cell < CELLS; cell++) {
        assertThat((double) explained.evidence(l)[cell]).isCloseTo(weights[l][cell], within(1e-5));
      }
    }
    assertThat(images).isEqualTo(1 + CELLS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"occlusion stride=1 window=2", "rise kept=0.5 masks=64 smooth=true"})
  void contrastsSumToNothingOverLabels(String explainer) {
    Outputs explained =
        probe(ExplainerSpec.parse(explainer), true, 5).explained("i", ones(), clean());

    for (int cell = 0; cell < CELLS; cell++) {
      double sum = 0;
      for (int l = 0; l < weights.length; l++) {
        sum += explained.evidence(l)[cell];
      }
      assertThat(sum).isCloseTo(0, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "occlusion stride=1 window=2",
        "rise kept=0.5 masks=64 smooth=false",
        "mask-es forwards=70 scales=2,4 sparsity=1.0"
      })
  void mapsAreTheSameBitsWhateverTheBatchAndCostWhatIsSaid(String explainer) {
    ExplainerSpec spec = ExplainerSpec.parse(explainer);
    Outputs one = probe(spec, true, 1).explained("image", ones(), clean());
    int asked = images;
    Outputs many = probe(spec, true, 16).explained("image", ones(), clean());

    assertThat(maps(many)).isEqualTo(maps(one));
    assertThat(asked).isLessThanOrEqualTo(plan(spec, true).forwards(weights.length));
  }

  @Test
  void randomMasksFollowFromTheImagesId() {
    ExplainerSpec rise = new ExplainerSpec.Rise(64, 0.5, false);

    Outputs first = probe(rise, false, 8).explained("one", ones(), clean());
    Outputs second = probe(rise, false, 8).explained("two", ones(), clean());

    assertThat(maps(first)).isNotEqualTo(maps(second));
  }

  @Test
  void whatIsNoNumberIsTheEnginesFailure() {
    LogitProbe probe =
        new LogitProbe(
            plan(new ExplainerSpec.Occlusion(1, 1), false),
            4,
            batch -> List.of(Outputs.ofLogits(new float[] {Float.NaN, 0, 0})));

    assertThatThrownBy(() -> probe.explained("i", ones(), clean()))
        .isInstanceOf(InferenceException.class);
  }

  @Test
  void explainersThatAskOnceAreRefused() {
    assertThatThrownBy(() -> plan(new ExplainerSpec.ClassEvidence(), false))
        .hasMessageContaining("class-evidence");
  }

  @Test
  void ofTwoSamplesTheSmallerLiesInsideTheGreater() {
    int small = 0;
    for (int i = 0; i < 2000; i++) {
      boolean held = ImageSeed.sampled("image-" + i, 0.1);
      small += held ? 1 : 0;
      assertThat(!held || ImageSeed.sampled("image-" + i, 0.2)).isTrue();
    }
    // Of 2,000 at 0.1 the standard deviation is 13.4.
    assertThat(small).isBetween(200 - 54, 200 + 54);
    assertThat(ImageSeed.sampled("any", 0)).isFalse();
    assertThat(ImageSeed.sampled("any", 1)).isTrue();
  }

  private LogitProbe probe(ExplainerSpec spec, boolean contrast, int batch) {
    images = 0;
    return new LogitProbe(plan(spec, contrast), batch, this::outputs);
  }

  private static ProbePlan plan(ExplainerSpec spec, boolean contrast) {
    return new ProbePlan(spec, SIDE, SIDE, List.of(0f), contrast);
  }

  private Outputs clean() {
    return score(ones()).getFirst();
  }

  private List<Outputs> outputs(ImageBatch batch) {
    images += batch.count();
    return score(batch);
  }

  private List<Outputs> score(ImageBatch batch) {
    ScoreTable table = new Additive(weights, SIDE, PIXELS, 0.5).score(batch);
    List<Outputs> out = new ArrayList<>();
    for (int i = 0; i < table.images(); i++) {
      float[] logits = new float[weights.length];
      for (int l = 0; l < logits.length; l++) {
        logits[l] = table.score(i, l);
      }
      out.add(Outputs.ofLogits(logits));
    }
    return out;
  }

  private static ImageBatch ones() {
    ImageBatch batch = new ImageBatch(1, 1, PIXELS, PIXELS);
    for (int i = 0; i < PIXELS * PIXELS; i++) {
      batch.image(0).put(i, 1);
    }
    return batch;
  }

  private static double[] weights(long seed) {
    return new Random(seed).doubles(CELLS, -1, 3).toArray();
  }

  private static float[] maps(Outputs outputs) {
    float[] out = new float[outputs.labels() * CELLS];
    for (int l = 0; l < outputs.labels(); l++) {
      System.arraycopy(outputs.evidence(l), 0, out, l * CELLS, CELLS);
    }
    return out;
  }
}
