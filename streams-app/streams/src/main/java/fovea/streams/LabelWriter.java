package fovea.streams;

import fovea.core.explanation.CellGrid;
import fovea.core.explanation.Quantised;
import fovea.core.explanation.Quantiser;
import fovea.core.frame.Transform;
import fovea.core.inference.Outputs;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.schema.LabelExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A model's outputs as one entry per label: probability by its link, decision, and evidence as
 * integers in the frame. Immutable and thread-safe.
 */
final class LabelWriter {
  private final List<String> labels;
  private final float[] thresholds;
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
    this.thresholds = new float[labels.size()];
    for (int l = 0; l < thresholds.length; l++) {
      thresholds[l] = Objects.requireNonNull(manifest.thresholds().get(labels.get(l))).floatValue();
    }
  }

  List<LabelExplanation> write(Outputs outputs, Transform transform) {
    float[] probabilities = link.probabilities(outputs.logits());
    int best = argMax(probabilities);
    List<LabelExplanation> out = new ArrayList<>(labels.size());
    for (int l = 0; l < labels.size(); l++) {
      float p = probabilities[l];
      boolean decision = link == Link.SOFTMAX ? l == best : p >= thresholds[l];
      Quantised q =
          quantiser.quantise(outputs.evidence(l), outputs.gridHeight(), outputs.gridWidth());
      CellGrid grid = transform == Transform.GRID_MIRRORED ? q.grid().mirrored() : q.grid();
      out.add(
          LabelExplanation.newBuilder()
              .setLabel(labels.get(l))
              .setLogit(outputs.logit(l))
              .setProbability(p)
              .setDecision(decision)
              .setThreshold(thresholds[l])
              .setEvidence(l < maxLabels ? grid.bytes() : null)
              .setClipped(q.clipped())
              .setMax(q.max())
              .setSum(q.positiveSum())
              .build());
    }
    return out;
  }

  /** The first of the greatest. */
  private static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
