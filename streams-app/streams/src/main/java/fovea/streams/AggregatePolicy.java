package fovea.streams;

import java.time.Duration;
import java.util.Map;

/**
 * What may be chosen about aggregate.
 *
 * @param emitInterval a state is sent to readers at most once in it
 * @param originalLimit greatest size in bytes of a record that its dead letter carries; below the
 *     topic's {@code max.message.bytes}
 * @param maxMessageBytes greatest record of a changelog
 */
public record AggregatePolicy(Duration emitInterval, int originalLimit, int maxMessageBytes) {
  public static final AggregatePolicy DEFAULT =
      new AggregatePolicy(Duration.ofSeconds(1), 8 << 20, 9 << 20);

  public AggregatePolicy {
    if (emitInterval.isNegative() || emitInterval.isZero()) {
      throw new IllegalArgumentException("emit interval must be positive: " + emitInterval);
    }
    if (originalLimit < 0 || maxMessageBytes <= 0) {
      throw new IllegalArgumentException(
          "limits must be positive: %d, %d".formatted(originalLimit, maxMessageBytes));
    }
  }

  /** Of every store's changelog: compacted early, as each state is rewritten often. */
  Map<String, String> changelog() {
    return Map.of(
        "cleanup.policy",
        "compact",
        "compression.type",
        "zstd",
        "min.cleanable.dirty.ratio",
        "0.1",
        "max.message.bytes",
        Integer.toString(maxMessageBytes));
  }
}
