package fovea.core.parts;

import fovea.core.explainer.projection.Point;
import java.util.List;
import java.util.Optional;

/**
 * What a record has of its prediction's parts. Immutable.
 *
 * @param prototypes one entry per label of which prototypes are named
 * @param lesions the path from lesions to the diagnosis
 * @param projection where the image lies in the model's plane
 */
public record ImageParts(
    List<PrototypeSum> prototypes, Optional<LesionSum> lesions, Optional<Point> projection) {
  /** Of a model that does not say it. */
  public static final ImageParts NONE =
      new ImageParts(List.of(), Optional.empty(), Optional.empty());

  public ImageParts {
    prototypes = List.copyOf(prototypes);
  }

  /** Whether the record has nothing of it. */
  public boolean isEmpty() {
    return prototypes.isEmpty() && lesions.isEmpty() && projection.isEmpty();
  }
}
