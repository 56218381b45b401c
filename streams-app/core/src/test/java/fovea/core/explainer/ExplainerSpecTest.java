package fovea.core.explainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainerSpecTest {
  private static final List<ExplainerSpec> ALL =
      List.of(
          new ExplainerSpec.ClassEvidence(),
          new ExplainerSpec.GradCam(),
          new ExplainerSpec.TwoLevelAttention(),
          new ExplainerSpec.AdaCam(),
          new ExplainerSpec.LesionMaps(),
          new ExplainerSpec.Prototypes(5),
          new ExplainerSpec.Occlusion(2, 1),
          new ExplainerSpec.Rise(1000, 0.5, false),
          ExplainerSpec.MaskEs.standard());

  @Test
  void theTextIsStableAndReadBack() {
    assertThat(ALL.stream().map(ExplainerSpec::text))
        .containsExactly(
            "class-evidence",
            "gradcam",
            "two-level-attention",
            "adacam-fovea",
            "lesion-maps",
            "prototypes top=5",
            "occlusion stride=1 window=2",
            "rise kept=0.5 masks=1000 smooth=false",
            "mask-es forwards=2000 scales=4,7,14 sparsity=1.0");
    for (ExplainerSpec spec : ALL) {
      assertThat(ExplainerSpec.parse(spec.text())).isEqualTo(spec);
    }
  }

  /**
   * As a manifest with this explainer has it: SHA-256 of its id and parameters as canonical JSON.
   */
  @Test
  void theHashIsThatOfTheManifest() {
    assertThat(new ExplainerSpec.ClassEvidence().hash())
        .isEqualTo("5077933694fe0f76bea4f31963b0858ec67347c6f5b5d4e6a0ca09d60fe7855a");
    assertThat(new ExplainerSpec.Rise(1000, 0.5, false).hash())
        .isEqualTo("10b41f39d44b5cfa5fb32c3e11ee9bd12d20a32b82503c57da52fdcc8d732336");
    assertThat(ALL.stream().map(ExplainerSpec::hash).distinct()).hasSize(ALL.size());
  }

  @Test
  void whatIsNoExplainerIsRefusedByName() {
    assertThatThrownBy(() -> ExplainerSpec.parse("lime")).hasMessageContaining("lime");
    assertThatThrownBy(() -> ExplainerSpec.parse("")).hasMessageContaining("''");
    assertThatThrownBy(() -> ExplainerSpec.parse("occlusion window=2"))
        .hasMessageContaining("stride");
    assertThatThrownBy(() -> ExplainerSpec.parse("gradcam layer=4")).hasMessageContaining("layer");
    assertThatThrownBy(() -> ExplainerSpec.parse("prototypes top=1 top=2"))
        .hasMessageContaining("top=2");
    assertThatThrownBy(() -> ExplainerSpec.parse("rise kept=1.0 masks=9 smooth=false"))
        .hasMessageContaining("kept");
    assertThatThrownBy(() -> ExplainerSpec.parse("rise kept=0.5 masks=9 smooth=yes"))
        .hasMessageContaining("yes");
    assertThatThrownBy(() -> new ExplainerSpec.Occlusion(1, 2)).hasMessageContaining("stride");
    assertThatThrownBy(() -> new ExplainerSpec.MaskEs(10, 1, List.of(4)))
        .hasMessageContaining("10");
  }
}
