package fovea.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.image.Raster;
import fovea.core.image.TensorFormat;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On 16×16 images, a 4×4 grid, and a model that means brightness. */
class StudyTest {
  private static final TensorFormat FORMAT = new TensorFormat(1, 16, 16, List.of(0f), List.of(1f));
  private static final Sight SIGHT = new Sight(List.of("dark", "bright"), 0, 0, 0, false, true);

  private final Region corner = Region.corners("corners", 4, 4, 1);
  private final Study study =
      new Study(
          new CellMeans(4),
          FORMAT,
          SIGHT,
          List.of(Hiding.nothing("auc"), Hiding.of("auc.ringErased", Region.ring("r", 4, 4, 1))),
          List.of(corner));

  @Test
  void hidingWhatTheModelUsesTakesItsPowerAway() {
    for (int i = 0; i < 10; i++) {
      boolean bright = i % 2 == 0;
      // The centre says the opposite, more weakly.
      study.add(
          new Case("i" + i, bright ? "bright" : "dark", "s" + i),
          image(bright ? 250 : 10, bright ? 90 : 110));
    }

    List<Figure> areas = study.summary(100, 1).areas("bright");

    assertThat(areas.get(0).estimate().value()).isEqualTo(1);
    assertThat(areas.get(1).estimate().value()).isEqualTo(0);
    assertThat(areas.get(1).images()).isEqualTo(10);
  }

  @Test
  void attentionIsAShareDividedByTheAreaOverDecidedImages() {
    study.add(new Case("a", "bright", "s1"), image(250, 100));
    study.add(new Case("b", "dark", "s2"), image(0, 0));

    Figure corners = study.summary(100, 1).attention("bright").getFirst();

    // Of 12 bright cells of 16, 4 are corners: a third of the attention on a quarter of the area.
    assertThat(corners.estimate().value()).isCloseTo(4 / 3.0, within(1e-9));
    assertThat(corners.images()).isEqualTo(1);
    assertThat(study.meanAttention("bright")[0]).isEqualTo(1);
    assertThat(study.meanAttention("bright")[5]).isEqualTo(0);
  }

  @Test
  void ratesCountWhatWasDecided() {
    study.add(new Case("a", "bright", "s1"), image(250, 250));
    study.add(new Case("b", "bright", "s2"), image(0, 0));
    study.add(new Case("c", "dark", "s3"), image(0, 0));

    List<Figure> rates = study.summary(100, 1).rates("bright");

    assertThat(rates.get(0).estimate().value()).isEqualTo(0.5);
    assertThat(rates.get(1).estimate().value()).isEqualTo(1);
  }

  @Test
  void aCellOfTheModelReachesOneCell() {
    assertThat(new Reach(new CellMeans(4), 1, 16, 16).pixels(1)).isEqualTo(4);
  }

  private static Raster image(int ring, int centre) {
    byte[] samples = new byte[256];
    Arrays.fill(samples, (byte) ring);
    for (int y = 4; y < 12; y++) {
      Arrays.fill(samples, y * 16 + 4, y * 16 + 12, (byte) centre);
    }
    return Raster.of8(16, 16, 1, samples);
  }
}
