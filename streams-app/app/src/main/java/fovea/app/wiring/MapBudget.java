package fovea.app.wiring;

import fovea.inference.MapCost;
import fovea.modelstore.Manifest;
import fovea.streams.ScorePolicy;
import fovea.streams.application.StreamsSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the maps of one image of a black box may take, so that they run into no timeout.
 *
 * <p>Within {@code inference.timeout}; and, as a thread scores an image of each of its partitions
 * before it may end its transaction, all that are likely to get a map within half of that one's
 * timeout.
 *
 * @param timeout {@code inference.timeout}
 * @param partitions that one thread scores images of, at least 1
 */
record MapBudget(Duration timeout, int partitions) {
  static final MapBudget STANDARD = new MapBudget(ScorePolicy.DEFAULT.timeout(), 1);

  MapBudget {
    if (!timeout.isPositive() || partitions < 1) {
      throw new IllegalArgumentException(
          "timeout %s, %d partitions".formatted(timeout, partitions));
    }
  }

  /**
   * Why a black box may not serve; empty where it may.
   *
   * @param forward how long one run of it takes here
   */
  Optional<String> objection(Manifest manifest, Duration forward) {
    Manifest.Probe probe = manifest.explainer().probe().orElseThrow();
    if (probe.share() == 0) {
      return Optional.empty();
    }
    int forwards = manifest.probePlan().forwards(manifest.labels().size());
    MapCost cost = new MapCost(manifest.explainer().spec(), forwards, forward);
    return cost.objection(most(probe.share()), why(probe.share()));
  }

  Duration most(double share) {
    Duration half = StreamsSettings.TRANSACTION_TIMEOUT.dividedBy(2);
    Duration each = Duration.ofNanos((long) (half.toNanos() / images(share)));
    return each.compareTo(timeout) < 0 ? each : timeout;
  }

  private double images(double share) {
    return 1 + share * (partitions - 1);
  }

  private String why(double share) {
    return ("inference.timeout=%s; transactions end within %s; %d partitions a thread, a share of"
            + " %s of images")
        .formatted(timeout, StreamsSettings.TRANSACTION_TIMEOUT, partitions, share);
  }
}
