package fovea.streams;

import fovea.streams.aggregate.Retention;
import fovea.wire.TopicPolicy;
import java.time.Duration;
import java.util.Map;

/**
 * What may be chosen about aggregate.
 *
 * @param emitInterval a state is sent to readers at most once in it
 * @param originalLimit greatest size in bytes of a record that its dead letter carries; below the
 *     topic's {@code max.message.bytes}
 * @param maxMessageBytes greatest record of a changelog
 * @param retention how long panes live
 * @param topics how topics are configured: outcomes and erasures are brought to as many partitions
 *     as explanations have, and certificates tell dates from it
 */
public record AggregatePolicy(
    Duration emitInterval,
    int originalLimit,
    int maxMessageBytes,
    Retention retention,
    TopicPolicy topics) {
  public static final AggregatePolicy DEFAULT =
      new AggregatePolicy(
          Duration.ofSeconds(1),
          8 << 20,
          9 << 20,
          new Retention(Duration.ofDays(400)),
          TopicPolicy.defaults());

  public AggregatePolicy {
    if (emitInterval.isNegative() || emitInterval.isZero()) {
      throw new IllegalArgumentException("emit interval must be positive: " + emitInterval);
    }
    if (originalLimit < 0 || maxMessageBytes <= 0) {
      throw new IllegalArgumentException(
          "limits must be positive: %d, %d".formatted(originalLimit, maxMessageBytes));
    }
  }

  /**
   * Of every store's changelog: compacted early, as each state is rewritten often, and within the
   * time in which what was erased must be gone.
   */
  Map<String, String> changelog() {
    String lag = Long.toString(topics.erasureLag().toMillis());
    return Map.of(
        "cleanup.policy",
        "compact",
        "compression.type",
        "zstd",
        "min.cleanable.dirty.ratio",
        "0.1",
        "max.message.bytes",
        Integer.toString(maxMessageBytes),
        "max.compaction.lag.ms",
        lag,
        "delete.retention.ms",
        lag);
  }
}
