package fovea.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.inference.LivePlan;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EngineMetersTest {
  private static final Path PROJECT = Path.of(System.getProperty("fovea.root"));
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void whatReallyRunsIsInMetricsAndInWords() {
    FoveaConfig config = config("OnnxRuntime");
    try (ServingModels serving = ServingModels.load(config.models(), engines(config))) {
      assertThat(meters.scrape())
          .contains("fovea_engine{")
          .contains("model=\"fundus-phantom\"")
          .contains("provider=\"CPU\"")
          .contains("precision=\"fp32\"")
          .containsPattern("fovea_engine_skipped\\{[^}]*} 0");
      assertThat(EngineMeters.text(serving.now()).orElseThrow())
          .matches("fundus-phantom/1 on CPU fp32 \\(OnnxRuntime [0-9.]+\\)");
      assertThat(EngineMeters.text(List.of())).isEmpty();
    }
  }

  @Test
  void engineThatWasFallenBackFromIsNamedWithItsReason() {
    FoveaConfig config = config("TensorRT");
    try (ServingModels serving = ServingModels.load(config.models(), engines(config))) {
      var report = serving.now().getFirst().classifier().engine();

      assertThat(meters.scrape())
          .contains("engine=\"TensorRT\"")
          .contains("provider=\"" + report.provider() + "\"")
          .containsPattern("fovea_engine_skipped\\{[^}]*} " + report.skipped().size());
      assertThat(EngineMeters.text(serving.now()).orElseThrow())
          .contains(report.skipped().isEmpty() ? "TensorRT" : "not on TensorRT: ");
    }
  }

  private Engines engines(FoveaConfig config) {
    FoveaConfig.Inference plan = config.score().inference();
    LivePlan live = new LivePlan(plan.parityEvery(), meters);
    return new Engines(plan.engines(), live, UnaryOperator.identity());
  }

  private static FoveaConfig config(String engine) {
    Settings settings =
        Settings.defaults()
            .with("models.serve", "fundus-phantom", "test")
            .with("inference.engine", engine, "test");
    return FoveaConfig.of(settings, PROJECT);
  }
}
