package fovea.streams.aggregate;

import fovea.core.quality.QualityMeasure;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Measured;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The measures that come with an explanation, because only who runs the model can take them. What
 * else stands there is ignored and counted: a name that is not known is data, not an error.
 */
final class ArrivedMeasures {
  private static final Set<QualityMeasure> KNOWN =
      EnumSet.of(
          QualityMeasure.STABILITY,
          QualityMeasure.DELETION,
          QualityMeasure.INSERTION,
          QualityMeasure.EXPLAINER_RANK_CORRELATION,
          QualityMeasure.CONTAINMENT,
          QualityMeasure.UNION);

  private ArrivedMeasures() {}

  /** Those that count: of one measure the first, so that an image has one vote. */
  static List<Measured> of(LabelExplanation label) {
    Set<QualityMeasure> left = EnumSet.copyOf(KNOWN);
    List<Measured> out = new ArrayList<>(label.getQuality().size());
    for (Measured one : label.getQuality()) {
      if (QualityMeasure.named(one.getMeasure()).filter(left::remove).isPresent()) {
        out.add(one);
      }
    }
    return out;
  }

  /** Whether one of them does not count. */
  static boolean someIgnored(Explanation e) {
    return e.getLabels().stream().anyMatch(label -> of(label).size() < label.getQuality().size());
  }
}
