package fovea.core.explainer.blackbox;

import java.util.List;

/**
 * What is asked of a black box: which image, which labels, on which grid.
 *
 * @param image as the model takes it
 * @param imageId decides everything random: the same image is explained the same way everywhere
 * @param labels indices into the scores; maps come in this order
 * @param gridHeight of the frame's grid, at most the image's height
 * @param gridWidth of the frame's grid, at most the image's width
 */
public record Question(
    ImageTensor image, String imageId, List<Integer> labels, int gridHeight, int gridWidth) {
  public Question {
    labels = List.copyOf(labels);
    if (labels.isEmpty() || labels.stream().anyMatch(l -> l < 0)) {
      throw new IllegalArgumentException("no labels, or a negative one: " + labels);
    }
    if (gridHeight < 1
        || gridWidth < 1
        || gridHeight > image.height()
        || gridWidth > image.width()) {
      throw new IllegalArgumentException(
          "a grid of %dx%d on %dx%d pixels"
              .formatted(gridHeight, gridWidth, image.height(), image.width()));
    }
  }

  int cells() {
    return gridHeight * gridWidth;
  }
}
