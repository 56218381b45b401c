package fovea.streams;

import fovea.core.aggregate.ModelVersion;
import fovea.schema.Timings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Counts and times what one model scores: {@code fovea_images_scored_total} by site, {@code
 * fovea_stage_seconds} by stage, and of a black box {@code fovea_maps_total} by what became of an
 * image's maps. Thread-confined; meters of one name are shared by the registry.
 *
 * <p>Sites come from records, so a sender could invent them without end: after {@value #MAX_SITES}
 * the rest is counted together.
 */
final class ScoreMeters {
  static final int MAX_SITES = 500;

  private static final Duration[] BUCKETS =
      IntStream.of(100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 1_000_000)
          .mapToObj(micros -> Duration.ofNanos(1000L * micros))
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final ModelVersion model;
  private final Map<String, Counter> scored = new HashMap<>();
  private final Timer decode;
  private final Timer preprocess;
  private final Timer inference;
  private final Timer explain;

  ScoreMeters(MeterRegistry registry, ModelVersion model) {
    this.registry = registry;
    this.model = model;
    this.decode = timer("decode");
    this.preprocess = timer("preprocess");
    this.inference = timer("inference");
    this.explain = timer("explain");
  }

  void scored(String site, Timings timings) {
    String known = scored.size() < MAX_SITES || scored.containsKey(site) ? site : "(others)";
    scored.computeIfAbsent(known, this::counter).increment();
    decode.record(timings.getDecodeMicros(), TimeUnit.MICROSECONDS);
    preprocess.record(timings.getPreprocessMicros(), TimeUnit.MICROSECONDS);
    inference.record(timings.getInferenceMicros(), TimeUnit.MICROSECONDS);
    explain.record(timings.getExplainMicros(), TimeUnit.MICROSECONDS);
  }

  /** One image's maps; those that a model gives itself are not counted: every image has them. */
  void mapped(MapFate fate) {
    if (fate != MapFate.OWN) {
      Counter.builder("fovea.maps")
          .description("Images of a black box, by what became of their maps.")
          .tag("model", model.id())
          .tag("version", model.version())
          .tag("outcome", fate.text())
          .register(registry)
          .increment();
    }
  }

  private Counter counter(String site) {
    return Counter.builder("fovea.images.scored")
        .description("Explanations written.")
        .tag("model", model.id())
        .tag("version", model.version())
        .tag("site", site)
        .register(registry);
  }

  private Timer timer(String stage) {
    return Timer.builder("fovea.stage")
        .description("Time of one image in one stage of score.")
        .tag("stage", stage)
        .tag("model", model.id())
        .tag("version", model.version())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
