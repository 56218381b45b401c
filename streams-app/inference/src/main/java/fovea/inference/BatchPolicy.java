package fovea.inference;

import java.time.Duration;

/**
 * How images of several callers come together in batches.
 *
 * @param maxImages of one batch
 * @param workers batches at once; on a CPU one per core, on a GPU two
 * @param linger how long a batch that is not full waits for more; zero takes what is there
 * @param capacity images that wait; who brings more waits
 */
public record BatchPolicy(int maxImages, int workers, Duration linger, int capacity) {
  public BatchPolicy {
    if (maxImages < 1 || workers < 1 || linger.isNegative() || capacity < maxImages) {
      throw new IllegalArgumentException(
          "batches of %d by %d workers, linger %s, capacity %d"
              .formatted(maxImages, workers, linger, capacity));
    }
  }

  /** Work-conserving, with room for four batches of each worker. */
  public static BatchPolicy of(int maxImages, int workers) {
    return new BatchPolicy(maxImages, workers, Duration.ZERO, 4 * maxImages * workers);
  }
}
