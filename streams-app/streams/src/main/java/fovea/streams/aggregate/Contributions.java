package fovea.streams.aggregate;

import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Fingerprint;
import fovea.core.aggregate.Quantity;
import fovea.core.frame.Placement;
import fovea.schema.ContributedLabel;
import fovea.schema.Contribution;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Measured;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one explanation adds to the aggregates: a pure function of the record and the programme's
 * key. It names the quantities and holds the evidence they are made of ({@link QuantityMaps}).
 *
 * <p>An image that is not aligned adds no map, only its count; nor does one that has none, because
 * it is not in the sample of a black box: it is counted as {@link #WITHOUT_MAP}, so that the maps'
 * share of the aligned images is known. What an outcome adds is {@link Confirmation}'s.
 */
final class Contributions {
  static final String SCORED = "scored";
  static final String AGGREGATED = "aggregated";
  static final String WITHOUT_MAP = "withoutMap";
  static final String REJECTED = "rejected.";
  static final String IGNORED_MEASURES = "ignoredMeasures";

  private static final List<String> QUANTITIES =
      Stream.of(
              Quantity.ATTENTION_MAX1,
              Quantity.EVIDENCE,
              Quantity.EVIDENCE_POSITIVE,
              Quantity.QUALITY)
          .map(Quantity::name)
          .toList();

  private final Fingerprint fingerprint;

  Contributions(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** The contribution of an explanation that {@link ExplanationRules} accepted. */
  Contribution of(Explanation e) {
    boolean aligned = e.getAlignment().getStatus().equals(Placement.ALIGNED);
    return Contribution.newBuilder()
        .setModel(e.getModel())
        .setModelVersion(e.getModelVersion())
        .setVariant(e.getPrecision() + "." + e.getExplainerHash())
        .setFrame(e.getFrame())
        .setSite(e.getSite())
        .setPane(Retention.day(e.getAcquiredAt()))
        .setExamId(e.getExamId())
        .setIngestedAt(e.getIngestedAt())
        .setRevision(e.getRevision())
        .setPayloadSha256(e.getPayloadSha256())
        .setFingerprint(fingerprint.of(e.getImageId(), e.getPayloadSha256()))
        .setFold(fingerprint.fold(e.getSubjectId()))
        .setCounters(counters(e, aligned))
        .setGridHeight(e.getGridHeight())
        .setGridWidth(e.getGridWidth())
        .setScaleExponent(e.getScaleExponent())
        .setFloor(e.getFloor())
        .setSubtractMin(e.getSubtractMin())
        .setQuantities(QUANTITIES)
        .setImageWidth(Math.max(0, e.getImageWidth()))
        .setImageHeight(Math.max(0, e.getImageHeight()))
        .setTransform(e.getAlignment().getTransform())
        .setResidual(e.getResidual())
        .setLabels(aligned ? labels(e) : List.of())
        .build();
  }

  private static List<String> counters(Explanation e, boolean aligned) {
    if (!aligned) {
      return List.of(SCORED, REJECTED + e.getAlignment().getStatus());
    }
    String became = hasMap(e) ? AGGREGATED : WITHOUT_MAP;
    return ArrivedMeasures.someIgnored(e)
        ? List.of(SCORED, became, IGNORED_MEASURES)
        : List.of(SCORED, became);
  }

  private static boolean hasMap(Explanation e) {
    return e.getLabels().stream().anyMatch(label -> label.getEvidence() != null);
  }

  private static List<ContributedLabel> labels(Explanation e) {
    List<ContributedLabel> labels = new ArrayList<>();
    for (LabelExplanation label : e.getLabels()) {
      ByteBuffer evidence = label.getEvidence();
      if (evidence != null) {
        labels.add(
            new ContributedLabel(
                label.getLabel(),
                bases(label),
                label.getClipped(),
                evidence,
                measures(e, label, evidence),
                List.of()));
      }
    }
    return labels;
  }

  private static List<Measured> measures(
      Explanation e, LabelExplanation label, ByteBuffer evidence) {
    List<Measured> measures = new ArrayList<>(ArrivedMeasures.of(label));
    PeakZone.of(e, evidence).ifPresent(measures::add);
    return measures;
  }

  private static List<String> bases(LabelExplanation label) {
    return label.getDecision()
        ? List.of(Basis.ALL.name(), Basis.PREDICTED.name())
        : List.of(Basis.ALL.name());
  }
}
