package fovea.streams;

import fovea.core.explanation.CellGrid;
import fovea.core.explanation.Quantised;
import fovea.core.explanation.Quantiser;
import fovea.core.frame.Transform;
import fovea.core.inference.Outputs;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.schema.LabelExplanation;
import fovea.schema.Measured;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's outputs as one entry per label: probability by its link, decision, and evidence as
 * integers in the frame where there is a map. Immutable and thread-safe.
 */
final class LabelWriter {
  private final List<String> labels;
  private final Decisions decisions;
  private final Link link;
  private final Quantiser quantiser;
  private final int maxLabels;

  /**
   * @param maxLabels labels beyond have no grid in the record
   */
  LabelWriter(Manifest manifest, int maxLabels) {
    this.labels = manifest.labels();
    this.link = manifest.link();
    this.quantiser = new Quantiser(manifest.quantisation().scaleExponent());
    this.maxLabels = maxLabels;
    this.decisions = Decisions.of(manifest);
  }

  /**
   * @param quality what was measured of each label
   */
  List<LabelExplanation> write(Outputs outputs, Transform transform, List<List<Measured>> quality) {
    float[] probabilities = link.probabilities(outputs.logits());
    boolean[] decided = decisions.decide(probabilities);
    List<LabelExplanation> out = new ArrayList<>(labels.size());
    for (int l = 0; l < labels.size(); l++) {
      LabelExplanation.Builder label =
          LabelExplanation.newBuilder()
              .setLabel(labels.get(l))
              .setLogit(outputs.logit(l))
              .setProbability(probabilities[l])
              .setDecision(decided[l])
              .setThreshold(decisions.threshold(l))
              .setQuality(quality.get(l));
      if (outputs.explained()) {
        map(label, l, outputs, transform);
      }
      out.add(label.build());
    }
    return out;
  }

  private void map(LabelExplanation.Builder label, int l, Outputs outputs, Transform transform) {
    Quantised q =
        quantiser.quantise(outputs.evidence(l), outputs.gridHeight(), outputs.gridWidth());
    CellGrid grid = transform == Transform.GRID_MIRRORED ? q.grid().mirrored() : q.grid();
    label
        .setEvidence(l < maxLabels ? grid.bytes() : null)
        .setClipped(q.clipped())
        .setMax(q.max())
        .setSum(q.positiveSum());
  }
}
