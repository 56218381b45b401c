package fovea.streams;

import fovea.core.image.DecodeLimits;

/**
 * What may be chosen about score.
 *
 * @param limits what an image may be at most
 * @param maxLabels how many labels of a model have their grid in the record, in its order
 * @param thumbnails whether a grey thumbnail leaves with the explanation (privacy switch)
 * @param originalLimit greatest size in bytes of a record that its dead letter carries; below the
 *     topic's {@code max.message.bytes}
 */
public record ScorePolicy(
    DecodeLimits limits, int maxLabels, boolean thumbnails, int originalLimit) {
  public static final ScorePolicy DEFAULT =
      new ScorePolicy(new DecodeLimits(32 << 20, 50_000_000), 16, true, 8 << 20);

  public ScorePolicy {
    if (maxLabels < 1 || originalLimit < 0) {
      throw new IllegalArgumentException(
          "maxLabels must be positive, originalLimit not negative: %d, %d"
              .formatted(maxLabels, originalLimit));
    }
  }
}
