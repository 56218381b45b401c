package fovea.core.frame;

import java.util.Optional;

/**
 * What a record says of how its image was taken.
 *
 * @param modality DICOM code, see {@link Modality#canonical}
 * @param view as in the frame's views, whatever the case; empty for unknown
 * @param laterality L, R, left, right, OS or OD; anything else counts as unknown
 */
public record Acquisition(String modality, Optional<String> view, Optional<String> laterality) {
  public Acquisition {
    if (!Modality.canonical(modality).filter(modality::equals).isPresent()) {
      throw new IllegalArgumentException("modality must be a DICOM code: '" + modality + "'");
    }
  }
}
