package fovea.inference;

import fovea.modelstore.ModelRef;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How live images compare with the reference, per model: {@code fovea_parity_images_total}, {@code
 * fovea_parity_exceeded_total}, {@code fovea_parity_left_out_total}, {@code
 * fovea_parity_failed_total}, {@code fovea_parity_attention_delta}, {@code fovea_parity_rank_loss},
 * {@code fovea_parity_logit_delta}. Thread-safe.
 */
final class ParityMeters {
  private static final Logger LOG = LoggerFactory.getLogger(ParityMeters.class);
  private final ModelRef model;
  private final Counter images;
  private final Counter exceeded;
  private final Counter leftOut;
  private final Counter failed;
  private final DistributionSummary delta;
  private final DistributionSummary rankLoss;
  private final DistributionSummary logit;

  ParityMeters(ModelRef model, MeterRegistry meters) {
    this.model = model;
    this.images = counter("images", "Live images compared with the CPU in fp32.", meters);
    this.exceeded = counter("exceeded", "Of these, whose maps or logits differ too much.", meters);
    this.leftOut = counter("left.out", "Not compared: the comparison was busy.", meters);
    this.failed = counter("failed", "Not compared: the CPU failed on them.", meters);
    this.delta = summary("attention.delta", "Greatest difference of an attention cell.", meters);
    this.rankLoss = summary("rank.loss", "1 - least rank correlation of attention.", meters);
    this.logit = summary("logit.delta", "Greatest difference of a logit, relative.", meters);
  }

  void compared(ParityResult result) {
    images.increment();
    delta.record(result.greatestDelta());
    rankLoss.record(1 - result.leastRank());
    logit.record(result.logit().greatest());
    result
        .objection()
        .ifPresent(
            why -> {
              exceeded.increment();
              LOG.atWarn().addKeyValue("model", model).log("a live image differs: {}", why);
            });
  }

  void leftOut() {
    leftOut.increment();
  }

  void failed() {
    failed.increment();
  }

  private Counter counter(String name, String description, MeterRegistry meters) {
    return Counter.builder("fovea.parity." + name)
        .description(description)
        .tag("model", model.toString())
        .register(meters);
  }

  private DistributionSummary summary(String name, String description, MeterRegistry meters) {
    return DistributionSummary.builder("fovea.parity." + name)
        .description(description)
        .tag("model", model.toString())
        .register(meters);
  }
}
