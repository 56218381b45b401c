package fovea.core.evaluation;

import java.util.List;

/**
 * How a model sees and explains, as far as it is measured.
 *
 * @param labels in the order of the outputs
 * @param fill sample value 0..255 under which parts are hidden
 * @param scaleExponent of the quantised evidence
 * @param floor at or below which a map is empty
 * @param subtractMin whether attention loses its minimum
 * @param softmax whether the greatest logit decides; else each label by itself at logit 0
 */
public record Sight(
    List<String> labels,
    float fill,
    int scaleExponent,
    int floor,
    boolean subtractMin,
    boolean softmax) {
  public Sight {
    labels = List.copyOf(labels);
    if (labels.isEmpty() || !(fill >= 0 && fill <= 255)) {
      throw new IllegalArgumentException(
          "a model needs labels, a fill lies in 0..255: %s, %s".formatted(labels, fill));
    }
  }
}
