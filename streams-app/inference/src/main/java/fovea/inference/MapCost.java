package fovea.inference;

import fovea.core.explainer.ExplainerSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What the maps of one image of a black box cost.
 *
 * @param explainer that makes them
 * @param forwards of the model, at most
 * @param forward how long one takes
 */
public record MapCost(ExplainerSpec explainer, int forwards, Duration forward) {

  /**
   * Why it is too much; empty where it fits.
   *
   * @param most how long it may take
   * @param why what that follows from, in words
   */
  public Optional<String> objection(Duration most, String why) {
    if (time().compareTo(most) <= 0) {
      return Optional.empty();
    }
    long fit = Math.max(0, most.dividedBy(forward));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "explainer '%s' needs %s, but at most %.1f s fit (%s), which is %d forwards: fewer"
                + " masks, a coarser grid or a greater stride would",
            explainer.text(),
            text(),
            seconds(most),
            why,
            fit));
  }

  /** In words. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%d forwards of %.1f ms an image, about %.2f s on this machine",
        forwards,
        1000 * seconds(forward),
        seconds(time()));
  }

  private Duration time() {
    return forward.multipliedBy(forwards);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
