package fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.inference.Outputs;
import fovea.core.phantom.Lesion;
import fovea.modelstore.Manifest.Quantisation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelReportTest {
  private static final int SIDE = 14;
  private static final Quantisation QUANTISATION = new Quantisation(-8, 0, true);

  private final List<Example> examples =
      List.of(
          new Example(
              new byte[3], Set.of(List.of(Lesion.values()).indexOf(Lesion.MACULAR_LESION)), 0),
          new Example(new byte[3], Set.of(), 1));

  @Test
  void attentionInTheZoneAndElsewhereIsDividedRightly() {
    float[] map = new float[3 * SIDE * SIDE];
    map[7 * SIDE + 7] = 4;
    map[0] = 1;
    map[1] = -9;

    LabelReport report = reports(map).getFirst();

    assertThat(report.mass()).isEqualTo(0.8);
    assertThat(report.predicted()).isEqualTo(1);
    assertThat(report.present()).isEqualTo(1);
    assertThat(report.auc()).isEqualTo(1);
    assertThat(report.finds()).isTrue();
  }

  @Test
  void aMapThatLiesElsewhereDoesNotFindThePlace() {
    float[] map = new float[3 * SIDE * SIDE];
    map[0] = 1;

    assertThat(reports(map).getFirst().finds()).isFalse();
  }

  @Test
  void aLabelThatIsNeverPredictedHasNoMass() {
    assertThat(reports(new float[3 * SIDE * SIDE]).get(1).mass()).isNaN();
    assertThat(ModelCard.table(reports(new float[3 * SIDE * SIDE]))).contains("| - |");
  }

  @Test
  void theScaleLeavesTwiceTheGreatestEvidenceUnclipped() {
    float[] map = new float[3 * SIDE * SIDE];
    map[0] = 100;

    Quantisation scale = EvidenceScale.of(List.of(outputs(1, map)));

    assertThat(Math.scalb(32_767.0, scale.scaleExponent())).isBetween(200.0, 400.0);
    assertThat(Math.scalb((double) scale.floor(), scale.scaleExponent())).isBetween(4.9, 5.0);
  }

  private List<LabelReport> reports(float[] map) {
    return LabelReport.of(
        examples, List.of(outputs(1, map), outputs(-1, new float[map.length])), QUANTISATION);
  }

  private static Outputs outputs(float first, float[] evidence) {
    return new Outputs(new float[] {first, -1, -1}, evidence, new float[3], SIDE, SIDE);
  }
}
