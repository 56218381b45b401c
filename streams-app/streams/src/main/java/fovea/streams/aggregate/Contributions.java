package fovea.streams.aggregate;

import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Fingerprint;
import fovea.core.aggregate.Quantity;
import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.frame.Placement;
import fovea.schema.ContributedMap;
import fovea.schema.Contribution;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one explanation adds to the aggregates: a pure function of the record and the programme's
 * key, in integer arithmetic from the quantised evidence.
 *
 * <p>An image that is not aligned adds no map, only its count. What an outcome adds is {@link
 * Confirmation}'s.
 */
final class Contributions {
  static final String SCORED = "scored";
  static final String AGGREGATED = "aggregated";
  static final String REJECTED = "rejected.";

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
        .setCounters(
            List.of(SCORED, aligned ? AGGREGATED : REJECTED + e.getAlignment().getStatus()))
        .setGridHeight(e.getGridHeight())
        .setGridWidth(e.getGridWidth())
        .setMaps(aligned ? maps(e) : List.of())
        .build();
  }

  private static List<ContributedMap> maps(Explanation e) {
    List<ContributedMap> maps = new ArrayList<>();
    for (LabelExplanation label : e.getLabels()) {
      ByteBuffer bytes = label.getEvidence();
      if (bytes != null) {
        CellGrid evidence =
            CellGrid.read(e.getGridHeight(), e.getGridWidth(), e.getScaleExponent(), bytes);
        Attention attention = Attention.max1(evidence, e.getFloor(), e.getSubtractMin());
        maps.add(
            map(Quantity.ATTENTION_MAX1, label, attention.grid(), 0)
                .setEmpty(attention.empty())
                .build());
        maps.add(map(Quantity.EVIDENCE, label, evidence, label.getClipped()).build());
        maps.add(positive(label, evidence));
      }
    }
    return maps;
  }

  /** Clipped cells of the positive part are those that stand at the upper end. */
  private static ContributedMap positive(LabelExplanation label, CellGrid evidence) {
    short[] cells = evidence.cells().clone();
    int top = 0;
    for (int i = 0; i < cells.length; i++) {
      top += cells[i] == Short.MAX_VALUE ? 1 : 0;
      cells[i] = (short) Math.max(0, cells[i]);
    }
    CellGrid grid =
        new CellGrid(evidence.height(), evidence.width(), evidence.scaleExponent(), cells);
    return map(Quantity.EVIDENCE_POSITIVE, label, grid, Math.min(top, label.getClipped())).build();
  }

  private static ContributedMap.Builder map(
      Quantity quantity, LabelExplanation label, CellGrid grid, int clipped) {
    return ContributedMap.newBuilder()
        .setQuantity(quantity.name())
        .setLabel(label.getLabel())
        .setBases(bases(label))
        .setScaleExponent(grid.scaleExponent())
        .setEmpty(false)
        .setClipped(clipped)
        .setGrid(grid.bytes());
  }

  private static List<String> bases(LabelExplanation label) {
    return label.getDecision()
        ? List.of(Basis.ALL.name(), Basis.PREDICTED.name())
        : List.of(Basis.ALL.name());
  }
}
