package fovea.app.wiring;

import fovea.core.inference.EngineReport;
import fovea.streams.ServedModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What really runs each model: {@code fovea_engine}, always 1, its labels say what; {@code
 * fovea_engine_skipped}, how many providers that were asked for did not load. Thread-safe.
 */
final class EngineMeters {
  private final MultiGauge engines;
  private final MultiGauge skipped;

  EngineMeters(MeterRegistry meters) {
    this.engines =
        MultiGauge.builder("fovea.engine")
            .description("What really runs a model, by its labels.")
            .register(meters);
    this.skipped =
        MultiGauge.builder("fovea.engine.skipped")
            .description("Providers that were asked for and did not load.")
            .register(meters);
  }

  /** Of these models and no others from now on. */
  void serving(List<ServedModel> models) {
    engines.register(rows(models, report -> 1), true);
    skipped.register(rows(models, report -> report.skipped().size()), true);
  }

  /** The same for a person; empty where nothing serves. */
  static Optional<String> text(List<ServedModel> models) {
    return Optional.of(models.stream().map(EngineMeters::text).collect(Collectors.joining("; ")))
        .filter(text -> !text.isEmpty());
  }

  private static String text(ServedModel model) {
    EngineReport report = model.classifier().engine();
    String skipped =
        report.skipped().isEmpty() ? "" : ", not on " + String.join(", not on ", report.skipped());
    return "%s/%s on %s %s (%s %s%s)"
        .formatted(
            model.version().id(),
            model.version().version(),
            report.provider(),
            report.precision(),
            report.engine(),
            report.runtimeVersion(),
            skipped);
  }

  private static List<MultiGauge.Row<?>> rows(
      List<ServedModel> models, ToIntFunction<EngineReport> value) {
    return models.stream().<MultiGauge.Row<?>>map(model -> row(model, value)).toList();
  }

  private static MultiGauge.Row<?> row(ServedModel model, ToIntFunction<EngineReport> value) {
    EngineReport report = model.classifier().engine();
    return MultiGauge.Row.of(
        Tags.of(
            "model", model.version().id(),
            "version", model.version().version(),
            "engine", report.engine(),
            "provider", report.provider(),
            "precision", report.precision(),
            "runtime", report.runtimeVersion()),
        value.applyAsInt(report));
  }
}
