package fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * For lesions and the diagnosis made of them: the cross-entropy of each, summed, with maps kept
 * small, above all where the lesion is absent: small in the square, so that no cell of a lesion
 * outshouts the others.
 *
 * <p>A pooled value follows its greatest cells, and where these are wrong at first they stay so.
 * The sum of all cells, held to the same truth, shows every cell the way.
 *
 * @param trunk the net up to its maps
 */
record PathObjective(NetSpec trunk, Plan.Weights weights) implements Objective {

  @Override
  public NDArray of(NDList out, NDArray truth) {
    int lesions = trunk.labels();
    NDArray offset = out.get(2).get("0:" + lesions);
    NDArray cells = out.get(LesionBlock.LESIONS).sub(offset.reshape(1, lesions, 1, 1));
    NDArray present = truth.get(":, 0:" + lesions);
    NDArray mean =
        cells.reshape(-1, lesions, (long) trunk.grid() * trunk.grid()).mean(new int[] {2});
    NDArray all = mean.mul(EvidenceBlock.gain(trunk)).add(offset);
    NDArray absent = present.neg().add(1).reshape(-1, lesions, 1, 1);
    return LesionObjective.entropy(out.get(0), truth)
        .mul(lesions + 1)
        .add(LesionObjective.entropy(all, present).mul(lesions * weights.guidance()))
        .add(cells.square().mean().mul(weights.sparsity()))
        .add(cells.maximum(0).mul(absent).mean().mul(weights.restraint()));
  }
}
