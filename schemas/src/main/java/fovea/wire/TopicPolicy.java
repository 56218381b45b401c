package fovea.wire;

import java.time.Duration;

/**
 * What an operator may choose about the topics. Immutable.
 *
 * @param partitions of every topic; fixed for life once they are created
 * @param maxMessageBytes the largest record batch, images included
 * @param imageRetention how long images and dead letters stay
 * @param explanationRetention how long explanations and outcomes stay; at least the life of a
 *     contribution
 * @param erasureLag the latest moment at which what was overwritten or erased in a compacted topic
 *     is really gone
 */
public record TopicPolicy(
    int partitions,
    int maxMessageBytes,
    Duration imageRetention,
    Duration explanationRetention,
    Duration erasureLag) {
  public static final int DEFAULT_PARTITIONS = 4;
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  public TopicPolicy {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be at least 1: " + partitions);
    }
    if (maxMessageBytes < 1024) {
      throw new IllegalArgumentException(
          "maxMessageBytes must be at least 1024: " + maxMessageBytes);
    }
    requirePositive("imageRetention", imageRetention);
    requirePositive("explanationRetention", explanationRetention);
    requirePositive("erasureLag", erasureLag);
  }

  public static TopicPolicy defaults() {
    return new TopicPolicy(
        DEFAULT_PARTITIONS,
        DEFAULT_MAX_MESSAGE_BYTES,
        Duration.ofDays(7),
        Duration.ofDays(400),
        Duration.ofDays(1));
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }
}
