package fovea.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.frame.FrameSpec;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MapBudgetTest {
  private static final Duration FORWARD = Duration.ofMillis(20);

  @Test
  void mapsMustFitTheEnginesTimeout() {
    MapBudget budget = new MapBudget(Duration.ofSeconds(2), 1);

    assertThat(budget.objection(rise(100, 1), FORWARD)).isEmpty();
    assertThat(budget.objection(rise(101, 1), FORWARD).orElseThrow())
        .contains("explainer 'rise kept=0.5 masks=101 smooth=false'")
        .contains("101 forwards of 20.0 ms an image")
        .contains("at most 2.0 s fit (inference.timeout=PT2S;")
        .contains("which is 100 forwards");
  }

  @Test
  void mapsOfAllPartitionsMustFitHalfATransaction() {
    MapBudget budget = new MapBudget(Duration.ofSeconds(9), 4);

    assertThat(budget.most(0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(budget.most(1)).isEqualTo(Duration.ofMillis(1250));
    assertThat(budget.objection(rise(60, 1), FORWARD)).isEmpty();
    assertThat(budget.objection(rise(70, 1), FORWARD).orElseThrow())
        .contains("4 partitions a thread, a share of 1.0 of images");
    assertThat(budget.objection(rise(70, 0.1), FORWARD)).isEmpty();
  }

  @Test
  void whatIsNeverExplainedTakesNoTime() {
    assertThat(MapBudget.STANDARD.objection(rise(1_000_000, 0), FORWARD)).isEmpty();
  }

  @Test
  void budgetOfNothingIsRefused() {
    assertThatThrownBy(() -> new MapBudget(Duration.ZERO, 1)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> new MapBudget(Duration.ofSeconds(1), 0)).hasMessageContaining("0");
  }

  private static Manifest rise(int masks, double share) {
    return new Manifest(
        Manifest.CONTRACT,
        "box",
        "1",
        Map.of(),
        new Manifest.Input("x", 1, 16, 16, "NCHW", List.of(0f), List.of(255f)),
        Link.SIGMOID,
        List.of("a"),
        List.of("a"),
        Map.of("a", 0.5),
        Map.of("logits", "logits"),
        List.of(),
        new Manifest.Explainer(
            new ExplainerSpec.Rise(masks, 0.5, false),
            new Manifest.Probe(4, 4, share, List.of(0f))),
        new FrameSpec(Set.of(), Set.of(), false, "L", false, "", 0, 0, null),
        new Manifest.Quantisation(-10, 8, true),
        new Manifest.Tolerances(1e-4, 1e-3),
        true,
        "Apache-2.0",
        "none");
  }
}
