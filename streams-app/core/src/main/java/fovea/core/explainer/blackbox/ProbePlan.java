package fovea.core.explainer.blackbox;

import fovea.core.explainer.ExplainerSpec;
import java.util.List;

/**
 * How a model that gives logits alone is asked for its maps. Immutable.
 *
 * @param explainer one that asks the model more than once
 * @param gridHeight rows of the maps, at least 1
 * @param gridWidth columns of the maps, at least 1
 * @param fill what hidden pixels become, one value per channel in the tensor's space
 * @param contrast whether scores are logits less their mean over labels, as softmax reads them
 */
public record ProbePlan(
    ExplainerSpec explainer, int gridHeight, int gridWidth, List<Float> fill, boolean contrast) {
  public ProbePlan {
    fill = List.copyOf(fill);
    Perturbation.of(explainer);
    if (gridHeight < 1 || gridWidth < 1) {
      throw new IllegalArgumentException("a grid of %dx%d".formatted(gridHeight, gridWidth));
    }
  }

  /** Forwards that the maps of one image cost at most. */
  public int forwards(int labels) {
    return Perturbation.of(explainer).forwards(labels, gridHeight, gridWidth);
  }
}
