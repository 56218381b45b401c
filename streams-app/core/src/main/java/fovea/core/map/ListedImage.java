package fovea.core.map;

import java.util.List;

/**
 * One image of a list.
 *
 * @param position where it stands; greater is newer; means nothing after a restart
 * @param explanations one per model version, at least one
 */
public record ListedImage(long position, List<ImageExplanation> explanations) {
  public ListedImage {
    explanations = List.copyOf(explanations);
    if (explanations.isEmpty()) {
      throw new IllegalArgumentException("a listed image has an explanation");
    }
  }
}
