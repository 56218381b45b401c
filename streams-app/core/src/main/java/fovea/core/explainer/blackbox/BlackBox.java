package fovea.core.explainer.blackbox;

import java.util.List;

/**
 * A model, how it is asked, and how often at most.
 *
 * @param scorer the model
 * @param fill what hidden pixels become: one value per channel in the tensor's space, e.g. the
 *     training mean, which is 0 where inputs are normalised
 * @param batch images in one batch at most, at least 1
 * @param budget forwards for one image at most, at least 1
 */
public record BlackBox(Scorer scorer, List<Float> fill, int batch, int budget) {
  public BlackBox {
    fill = List.copyOf(fill);
    if (batch < 1 || budget < 1) {
      throw new IllegalArgumentException("batch %d, budget %d".formatted(batch, budget));
    }
  }

  /**
   * Refuses beforehand what would cost too much: fewer forwards would be another explainer.
   *
   * @throws IllegalArgumentException if {@code forwards} are above the budget
   */
  public void afford(int forwards) {
    if (forwards > budget) {
      throw new IllegalArgumentException(
          "%d forwards are above the budget of %d an image".formatted(forwards, budget));
    }
  }
}
