package fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * For labels that exclude each other: cross-entropy of the softmax, and the maps' mean absolute
 * value, the outer ring's counted more.
 */
final class ContrastObjective implements Objective {
  private static final int RING = 2;

  private final int grid;
  private final float[] weights;

  /**
   * @param grid rows and columns of a map
   * @param sparsity weight of a cell's mean absolute evidence
   * @param ring what is added to it for cells of the outer two rows and columns
   */
  ContrastObjective(int grid, float sparsity, float ring) {
    if (!(sparsity >= 0 && ring >= 0)) {
      throw new IllegalArgumentException(
          "weights must not be negative: %s, %s".formatted(sparsity, ring));
    }
    this.grid = grid;
    this.weights = new float[grid * grid];
    for (int i = 0; i < weights.length; i++) {
      int fromEdge = Math.min(edge(i / grid, grid), edge(i % grid, grid));
      weights[i] = sparsity + (fromEdge < RING ? ring : 0);
    }
  }

  private static int edge(int at, int grid) {
    return Math.min(at, grid - 1 - at);
  }

  @Override
  public NDArray of(NDList out, NDArray truth) {
    NDArray likely = out.get(0).logSoftmax(1).mul(truth).sum(new int[] {1}).mean().neg();
    NDArray cells = truth.getManager().create(weights, new Shape(1, 1, grid, grid));
    return likely.add(out.get(1).abs().mul(cells).mean());
  }
}
