package fovea.inference;

import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a graph's evidence was seen to be over the images it was tried on: its range, its balance
 * over labels, and what remains of the logits beside it. Thread-confined.
 */
final class Evidence {
  private final double tolerance;
  private final int labels;
  private final boolean offsetGiven;
  private final List<double[]> offsets = new ArrayList<>();
  private double greatest;
  private double imbalance;
  private double residual;

  private Evidence(Manifest manifest) {
    this.tolerance = manifest.tolerances().residual();
    this.labels = manifest.labels().size();
    this.offsetGiven = manifest.outputs().containsKey("offset");
  }

  /** Runs every image; NaN and infinity are refused. */
  static Evidence seen(Manifest manifest, Trial trial, Iterable<ImageBatch> images) {
    Evidence evidence = new Evidence(manifest);
    evidence.addAll(trial, images);
    return evidence;
  }

  /** Runs more images. */
  void addAll(Trial trial, Iterable<ImageBatch> images) {
    for (ImageBatch image : images) {
      add(trial.run(image));
    }
  }

  /** The greatest absolute value. */
  double greatest() {
    return greatest;
  }

  int images() {
    return offsets.size();
  }

  /** Whether it sums to 0 over labels in every cell. */
  boolean balanced() {
    return imbalance <= limit();
  }

  /**
   * logits − mean(evidence), one per label.
   *
   * @throws ModelRefusedException if it is not the same for every image
   */
  List<Float> offset() {
    List<Float> out = new ArrayList<>();
    for (int label = 0; label < labels; label++) {
      int l = label;
      double least = offsets.stream().mapToDouble(o -> o[l]).min().orElse(0);
      double most = offsets.stream().mapToDouble(o -> o[l]).max().orElse(0);
      if (!(most - least <= 2 * limit())) {
        throw new ModelRefusedException(
            "logits are not mean(evidence) plus a constant: for label %d the rest lies between %s and %s"
                .formatted(label, least, most));
      }
      double middle = (least + most) / 2;
      // Below the tolerance it is rounding, and no bias.
      out.add(Math.abs(middle) <= limit() ? 0f : (float) middle);
    }
    return out;
  }

  /** The greatest part of a logit that neither evidence nor offset explain. */
  double residual() {
    if (offsetGiven) {
      return residual;
    }
    double worst = 0;
    for (int label = 0; label < labels; label++) {
      int l = label;
      var range = offsets.stream().mapToDouble(o -> o[l]).summaryStatistics();
      worst = Math.max(worst, (range.getMax() - range.getMin()) / 2);
    }
    return worst;
  }

  /** How much counts as equal. */
  double limit() {
    return tolerance * Math.max(1, greatest);
  }

  private void add(Outputs outputs) {
    if (!outputs.finite()) {
      throw new ModelRefusedException("the model gives NaN or infinity");
    }
    double[] offset = new double[labels];
    for (int label = 0; label < labels; label++) {
      double sum = 0;
      float[] cells = outputs.evidence(label);
      for (float cell : cells) {
        sum += cell;
        greatest = Math.max(greatest, Math.abs(cell));
      }
      offset[label] = outputs.logit(label) - sum / cells.length;
    }
    offsets.add(offset);
    residual = Math.max(residual, outputs.residual());
    imbalance = Math.max(imbalance, Contrast.imbalance(outputs));
  }
}
