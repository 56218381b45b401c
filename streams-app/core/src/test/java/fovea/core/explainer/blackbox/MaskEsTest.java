package fovea.core.explainer.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.LabelGrids;
import fovea.core.image.TensorFormat;
import fovea.core.phantom.Lesion;
import fovea.core.phantom.Phantom;
import fovea.core.phantom.PhantomImage;
import fovea.core.phantom.PhantomSpec;
import fovea.core.phantom.Zone;
import fovea.core.quality.RankCorrelation;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskEsTest {
  private static final MaskEs STANDARD = new MaskEs(ExplainerSpec.MaskEs.standard());

  @Test
  void ofAnAdditiveModelTheCellsComeInTheOrderOfTheirWeights() {
    for (int side : new int[] {4, 7, 14}) {
      double[] weights = Additive.weights(side, side * side);
      Additive model = new Additive(new double[][] {weights}, side, 28, 0);

      Explained explained = STANDARD.explain(model.blackBox(64, 2000), model.question("a", 0));

      assertThat(spearman(explained.grids(), weights)).isGreaterThanOrEqualTo(0.9);
      assertThat(explained.forwards()).isLessThanOrEqualTo(2000);
    }
  }

  @Test
  void ofAModelThatReadsOneZoneOfThePhantomTheMassLiesThere() {
    Zone zone = Lesion.MACULAR_LESION.zone();
    PhantomImage image =
        new Phantom(PhantomSpec.of(5, Instant.EPOCH).withSide(112))
            .image(3, Set.of(Lesion.MACULAR_LESION));
    FloatBuffer tensor = FloatBuffer.allocate(3 * 112 * 112);
    new TensorFormat(3, 112, 112, List.of(0f, 0f, 0f), List.of(255f, 255f, 255f))
        .write(image.canonicalRaster(), tensor);
    Question question =
        new Question(new ImageTensor(tensor, 3, 112, 112), image.imageId(), List.of(0), 14, 14);
    BlackBox model = new BlackBox(reader(zone, 112), List.of(0f, 0f, 0f), 64, 2000);

    LabelGrids map = STANDARD.explain(model, question).grids();

    boolean[] truth = Lesion.MACULAR_LESION.dilatedZone().mask(14, 14);
    double inside = 0;
    for (int i = 0; i < truth.length; i++) {
      inside += truth[i] ? map.value(0, i) : 0;
    }
    assertThat(inside / map.sum(0)).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void evidenceAgainstALabelIsNegative() {
    Additive model = new Additive(new double[][] {{-1, -4, -2, -3}}, 2, 4, 0);

    LabelGrids map = STANDARD.explain(model.blackBox(64, 2000), model.question("a", 0)).grids();

    for (float cell : map.grid(0)) {
      assertThat(cell).isNegative();
    }
    assertThat(map.value(0, 1)).isLessThan(map.value(0, 0));
  }

  @Test
  void ofAModelThatSeesNothingTheMapIsZero() {
    Additive model = new Additive(new double[][] {new double[16]}, 4, 8, 3);

    Explained explained = STANDARD.explain(model.blackBox(8, 2000), model.question("a", 0));

    assertThat(explained.grids().grid(0)).containsOnly(0);
    assertThat(explained.forwards()).isEqualTo(2);
  }

  @Test
  void theMapDependsOnTheImageIdAndNeitherOnBatchesNorOnOtherLabels() {
    Additive model =
        new Additive(new double[][] {Additive.weights(1, 49), Additive.weights(2, 49)}, 7, 7, 0);
    MaskEs few = new MaskEs(new ExplainerSpec.MaskEs(100, 1, List.of(4, 7)));
    LabelGrids map = few.explain(model.blackBox(64, 100), model.question("a", 1)).grids();

    assertThat(few.explain(model.blackBox(5, 100), model.question("a", 1)).grids()).isEqualTo(map);
    assertThat(few.explain(model.blackBox(5, 100), model.question("b", 1)).grids())
        .isNotEqualTo(map);
    Explained both = few.explain(model.blackBox(64, 198), model.question("a", 0, 1));
    assertThat(both.grids().grid(1)).isEqualTo(map.grid(0));
    assertThat(both.forwards()).isLessThanOrEqualTo(198);
  }

  /** How red the zone is, through a logistic link: what lies elsewhere does not matter. */
  private static Scorer reader(Zone zone, int side) {
    boolean[] read = zone.mask(side, side);
    return batch -> {
      float[] out = new float[batch.count()];
      for (int n = 0; n < out.length; n++) {
        FloatBuffer pixel = batch.image(n);
        double sum = 0;
        int pixels = 0;
        for (int i = 0; i < read.length; i++) {
          sum += read[i] ? pixel.get(i) : 0;
          pixels += read[i] ? 1 : 0;
        }
        out[n] = (float) (1 / (1 + Math.exp(2 - 8 * sum / pixels)));
      }
      return new ScoreTable(out, 1);
    };
  }

  private static double spearman(LabelGrids map, double[] weights) {
    float[] truth = new float[weights.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (float) weights[i];
    }
    return RankCorrelation.of(map.grid(0), truth).orElseThrow();
  }
}
