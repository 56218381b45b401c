package fovea.streams;

import fovea.core.image.DecodeLimits;
import java.time.Duration;

/**
 * What may be chosen about score.
 *
 * @param limits what an image may be at most
 * @param maxLabels how many labels of a model have their grid in the record, in its order
 * @param thumbnails whether a grey thumbnail leaves with the explanation (privacy switch)
 * @param originalLimit greatest size in bytes of a record that its dead letter carries; below the
 *     topic's {@code max.message.bytes}
 * @param lookAhead images per partition that are begun before their turn; 0 for none
 * @param timeout how long an engine may take for a batch; below the transactions' timeout
 * @param sample which images are asked more than once
 */
public record ScorePolicy(
    DecodeLimits limits,
    int maxLabels,
    boolean thumbnails,
    int originalLimit,
    int lookAhead,
    Duration timeout,
    SamplePolicy sample) {
  public static final ScorePolicy DEFAULT =
      new ScorePolicy(
          new DecodeLimits(32 << 20, 50_000_000),
          16,
          true,
          8 << 20,
          2,
          Duration.ofSeconds(5),
          SamplePolicy.DEFAULT);

  public ScorePolicy {
    if (lookAhead < 0 || !timeout.isPositive()) {
      throw new IllegalArgumentException(
          "look-ahead must not be negative, the timeout positive: %d, %s"
              .formatted(lookAhead, timeout));
    }
    if (maxLabels < 1 || originalLimit < 0) {
      throw new IllegalArgumentException(
          "maxLabels must be positive, originalLimit not negative: %d, %d"
              .formatted(maxLabels, originalLimit));
    }
  }
}
