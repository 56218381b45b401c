package fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * For labels that stand each by itself: cross-entropy of the logits, and of what the strongest cell
 * alone would say. The mean over many cells learns where to look only slowly, the strongest cell at
 * once. Maps are kept sparse, above all where the label is absent: there nothing in the image may
 * speak for it.
 */
final class LesionObjective implements Objective {
  private final NetSpec spec;
  private final Plan.Weights weights;

  LesionObjective(NetSpec spec, Plan.Weights weights) {
    this.spec = spec;
    this.weights = weights;
  }

  @Override
  public NDArray of(NDList out, NDArray truth) {
    NDArray evidence = out.get(1);
    long cells = (long) spec.grid() * spec.grid();
    NDArray strongest =
        evidence
            .reshape(truth.getShape().get(0), spec.labels(), cells)
            .max(new int[] {2})
            .div(EvidenceBlock.gain(spec))
            .add(out.get(2));
    NDArray absent = truth.neg().add(1).reshape(truth.getShape().get(0), spec.labels(), 1, 1);
    return entropy(out.get(0), truth)
        .add(entropy(strongest, truth).mul(weights.guidance()))
        .add(evidence.abs().mean().mul(weights.sparsity()))
        .add(evidence.maximum(0).mul(absent).mean().mul(weights.restraint()));
  }

  /** max(x,0) − x·y + log(1 + e^−|x|) does not overflow. */
  static NDArray entropy(NDArray x, NDArray truth) {
    return x.maximum(0).sub(x.mul(truth)).add(x.abs().neg().exp().add(1).log()).mean();
  }
}
