package fovea.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explainer.FeatureMaps;
import fovea.core.explainer.head.GradCam;
import fovea.core.explainer.head.Head;
import fovea.core.explainer.head.Linear;
import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.explanation.Quantiser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Features of aligned images: each channel sees one place, which a trained head weighs. */
class RandomisationCheckTest {
  private static final int SIDE = 14;
  private static final int CHANNELS = 32;

  @Test
  void mapsOfRandomisedWeightsFallBelowTheBetweenImageBaseline() {
    List<CellGrid> trained = maps(trained());
    List<CellGrid> randomised = maps(randomised());

    RandomisationCheck check =
        RandomisationCheck.of(trained, randomised, RandomisationCheck.PAIRS, 1);

    assertThat(check.dependsOnWeights()).isTrue();
    assertThat(check.ignoresWeights()).isFalse();
    assertThat(check.rank()).isLessThan(check.rankBaseline());
    assertThat(check.ssim()).isLessThan(check.ssimBaseline());
  }

  @Test
  void anExplainerThatDoesNotLookAtTheWeightsDoesNotPass() {
    List<CellGrid> trained = maps(trained());

    RandomisationCheck check = RandomisationCheck.of(trained, trained, 50, 1);

    assertThat(check.rank()).isEqualTo(1);
    assertThat(check.dependsOnWeights()).isFalse();
    assertThat(check.ignoresWeights()).isTrue();
    RandomisationCheck torn = new RandomisationCheck(0.1, 0.2, 0.4, 0.3, 0);
    assertThat(torn.dependsOnWeights()).isFalse();
    assertThat(torn.ignoresWeights()).isFalse();
    assertThat(RandomisationCheck.of(trained, trained, 50, 1)).isEqualTo(check);
  }

  @Test
  void constantMapsHaveNoRankAndAreCounted() {
    CellGrid flat = new CellGrid(2, 2, -14, new short[4]);
    CellGrid map = new CellGrid(2, 2, -14, new short[] {1, 2, 3, 4});

    RandomisationCheck check = RandomisationCheck.of(List.of(map, map), List.of(flat, map), 3, 1);

    assertThat(check.undefined()).isEqualTo(1);
    assertThat(check.rank()).isEqualTo(1);
    assertThatThrownBy(() -> RandomisationCheck.of(List.of(map), List.of(map), 1, 1))
        .hasMessageContaining("1 maps");
    assertThatThrownBy(() -> RandomisationCheck.of(List.of(map, map), List.of(map, map, map), 1, 1))
        .hasMessageContaining("2 and 3 maps");
  }

  @Test
  void drawsAreTakenTogetherAndTheBaselineIsOfTheTrainedMapsAlone() {
    List<CellGrid> trained = maps(trained());
    List<CellGrid> randomised = maps(randomised());

    RandomisationCheck one = RandomisationCheck.of(trained, randomised, 50, 1);
    RandomisationCheck both =
        RandomisationCheck.ofDraws(trained, List.of(randomised, trained), 50, 1);

    assertThat(both.rank()).isCloseTo((one.rank() + 1) / 2, within(1e-12));
    assertThat(both.ssim()).isCloseTo((one.ssim() + 1) / 2, within(1e-12));
    assertThat(both.rankBaseline()).isEqualTo(one.rankBaseline());
    assertThat(both.ssimBaseline()).isEqualTo(one.ssimBaseline());
  }

  private static Head trained() {
    float[][] weights = new float[1][CHANNELS];
    for (int k = 0; k < CHANNELS; k++) {
      weights[0][k] = k < 4 ? 2 : -0.05f;
    }
    return Head.of(Linear.unbiased(weights));
  }

  private static Head randomised() {
    Random random = new Random(8);
    float[][] weights = new float[1][CHANNELS];
    for (int k = 0; k < CHANNELS; k++) {
      weights[0][k] = (float) random.nextGaussian();
    }
    return Head.of(Linear.unbiased(weights));
  }

  private static List<CellGrid> maps(Head head) {
    List<CellGrid> out = new ArrayList<>();
    for (int image = 0; image < 30; image++) {
      float[] evidence = GradCam.of(features(new Random(image)), head).grid(0);
      CellGrid grid = new Quantiser(-12).quantise(evidence, SIDE, SIDE).grid();
      out.add(Attention.max1(grid, 0, true).grid());
    }
    return out;
  }

  private static FeatureMaps features(Random random) {
    float[] values = new float[CHANNELS * SIDE * SIDE];
    for (int k = 0; k < CHANNELS; k++) {
      double cy = (k * 5 % SIDE) + 0.7 * random.nextGaussian();
      double cx = (k * 3 % SIDE) + 0.7 * random.nextGaussian();
      double height = 20 + 20 * random.nextDouble();
      for (int i = 0; i < SIDE * SIDE; i++) {
        double y = Math.floorDiv(i, SIDE) - cy;
        double x = i % SIDE - cx;
        values[k * SIDE * SIDE + i] = (float) (height * Math.exp(-(y * y + x * x) / 6));
      }
    }
    return new FeatureMaps(values, CHANNELS, SIDE, SIDE);
  }
}
