package fovea.query;

import fovea.core.aggregate.Quantity;
import fovea.query.Wanted.OverLabels;
import fovea.query.Wanted.OverSites;

/** What a map is, in words. */
final class MapWords {
  private MapWords() {}

  /** What the numbers of a map are. */
  static String unit(Quantity quantity) {
    return switch (quantity) {
      case ATTENTION_MAX1 -> "mean attention; 1 = the strongest place of every image";
      case ATTENTION_MASS1 -> "mean share of an image's attention";
      case EVIDENCE -> "mean evidence, in logit units";
      case EVIDENCE_POSITIVE -> "mean positive evidence, in logit units";
      case QUALITY, COUNTERS -> "images";
    };
  }

  /** What the numbers of a picture are. */
  static String unit(Quantity quantity, Layer layer) {
    return layer == Layer.MEAN ? unit(quantity) : "standard error between subjects, of the mean";
  }

  /** What the numbers of a difference are. */
  static String difference(Quantity quantity, Layer layer) {
    return layer == Layer.MEAN
        ? difference(quantity)
        : "standard error of the difference, between subjects";
  }

  static String difference(Quantity quantity) {
    return switch (quantity) {
      case ATTENTION_MAX1, ATTENTION_MASS1 ->
          "attention; red: more in the first, blue: in the second";
      case EVIDENCE, EVIDENCE_POSITIVE ->
          "logit units; red: more in the first, blue: in the second";
      case QUALITY, COUNTERS -> "images";
    };
  }

  /** Model, images and sites of a map. */
  static String below(ComposedMap map) {
    return "%s %s · %s · %s"
        .formatted(
            map.model().id(), map.model().version(), map.wanted().population().words(), over(map));
  }

  /** Days, sites and model of a map. */
  static String whence(ComposedMap map) {
    return "%s · %s · %s %s"
        .formatted(map.period(), over(map), map.model().id(), map.model().version());
  }

  /** The sites, and how sites and labels became one map. */
  static String over(ComposedMap map) {
    StringBuilder out = new StringBuilder(String.join(", ", map.sites().keySet()));
    if (map.wanted().overSites() == OverSites.BALANCED) {
      out.append(", each site alike");
    }
    if (map.wanted().overLabels() == OverLabels.MACRO) {
      out.append(", each label alike");
    }
    return out.toString();
  }
}
