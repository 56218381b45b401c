package fovea.streams.aggregate;

import fovea.core.aggregate.Quantity;
import fovea.core.frame.Transform;
import fovea.schema.Box;
import fovea.schema.ContributedLabel;
import fovea.schema.Contribution;
import fovea.schema.Outcome;
import fovea.schema.Region;
import java.util.Arrays;
import java.util.List;

/**
 * The regions of an outcome that a label's map can be held against: of a label that the outcome
 * confirms, in an image whose size is known. What else stands there is ignored and counted, all
 * regions of a label together: a part of them would be another place.
 */
final class OutcomeRegions {
  private static final int MOST = 64;

  private OutcomeRegions() {}

  /** Where a label is seen; none where it is not said, or cannot be used. */
  static List<Box> of(Contribution c, String label, Outcome outcome) {
    List<Region> regions = named(outcome, label);
    return usable(c, label, outcome, regions)
        ? regions.stream().map(OutcomeRegions::box).toList()
        : List.of();
  }

  /** Whether there are regions of a label of this contribution that cannot be used. */
  static boolean someIgnored(Contribution c, Outcome outcome) {
    return measured(c)
        && c.getLabels().stream()
            .map(ContributedLabel::getLabel)
            .anyMatch(label -> !usable(c, label, outcome, named(outcome, label)));
  }

  private static List<Region> named(Outcome outcome, String label) {
    return outcome.getRegions().stream().filter(one -> one.getLabel().equals(label)).toList();
  }

  private static boolean usable(
      Contribution c, String label, Outcome outcome, List<Region> regions) {
    return regions.isEmpty()
        || (measured(c)
            && placed(c)
            && outcome.getLabels().contains(label)
            && regions.size() <= MOST
            && regions.stream().allMatch(one -> one.getWidth() > 0 && one.getHeight() > 0));
  }

  /** What was held before there were measures of quality goes on without. */
  private static boolean measured(Contribution c) {
    return c.getQuantities().contains(Quantity.QUALITY.name());
  }

  private static boolean placed(Contribution c) {
    return c.getImageWidth() > 0
        && c.getImageHeight() > 0
        && Arrays.stream(Transform.values()).anyMatch(one -> one.name().equals(c.getTransform()));
  }

  private static Box box(Region region) {
    return new Box(region.getX(), region.getY(), region.getWidth(), region.getHeight());
  }
}
