package fovea.core.frame;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The frame a model's images lie in.
 *
 * @param modalities accepted DICOM modality codes; empty accepts every known one
 * @param views accepted views; empty accepts every one and needs none
 * @param lateral whether sides are mirror images of each other: laterality must be known
 * @param canonicalSide L or R: the side that is not mirrored; used where lateral
 * @param canonicalInput whether the model was trained on images mirrored to that side
 * @param template file of the 32×32 mean luminance, float32 little-endian; empty for none
 * @param minCorrelation Pearson correlation with the template below this is misaligned
 * @param aspect width ÷ height of training images; 0 to leave it unchecked
 * @param fieldOfView null where the field of view is not checked
 */
public record FrameSpec(
    Set<String> modalities,
    Set<String> views,
    boolean lateral,
    String canonicalSide,
    boolean canonicalInput,
    String template,
    double minCorrelation,
    double aspect,
    @Nullable FieldOfView fieldOfView) {
  public FrameSpec {
    modalities = Set.copyOf(modalities);
    views = Set.copyOf(views);
    if (!canonicalSide.equals("L") && !canonicalSide.equals("R")) {
      throw new IllegalArgumentException("canonical side must be L or R: " + canonicalSide);
    }
  }
}
