package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.modelstore.Manifest;
import java.time.Duration;

/**
 * How long one image takes on an engine with nothing beside it: the least of a few runs, so that
 * what else the machine does counts little.
 */
public final class ForwardTime {
  private static final int RUNS = 3;
  private static final int TOGETHER = 16;

  /** An engine that is slower gains nothing by batches. */
  private static final Duration QUICK = Duration.ofMillis(20);

  private ForwardTime() {}

  /** Of one image alone, or of one among several where that is faster; some dozens of runs. */
  public static Duration of(Classifier classifier, Manifest.Input input) {
    Duration alone = least(classifier, input, 1);
    if (alone.compareTo(QUICK) > 0) {
      return alone;
    }
    Duration among = least(classifier, input, TOGETHER);
    return among.compareTo(alone) < 0 ? among : alone;
  }

  private static Duration least(Classifier classifier, Manifest.Input input, int images) {
    ImageBatch batch = new SeededImages(input).batch(images);
    long least = Long.MAX_VALUE;
    for (int run = 0; run <= RUNS; run++) {
      long start = System.nanoTime();
      Calls.run(classifier, batch);
      least = Math.min(least, System.nanoTime() - start);
    }
    return Duration.ofNanos(least / images);
  }
}
