package fovea.core.map;

import fovea.core.evaluation.Interval;
import fovea.core.evaluation.ScoreInterval;

/**
 * How many of some images. Immutable.
 *
 * @param part images of which it is so, 0..of
 * @param of all of them
 */
public record Share(long part, long of) {
  public Share {
    if (part < 0 || part > of) {
      throw new IllegalArgumentException(part + " of " + of + " is no share");
    }
  }

  /**
   * With Wilson's 95 % interval, which takes images as independent: of several images of one
   * subject it is too narrow. NaN of no image.
   */
  public Interval interval() {
    return ScoreInterval.share((double) part / of, of);
  }
}
