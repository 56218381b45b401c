package fovea.core.frame;

import java.util.OptionalDouble;

/**
 * Where an image lies, and whether it may be aggregated there.
 *
 * @param frame {@code modality.view.laterality.HxW}; what is unknown or not needed is {@code any}
 * @param status {@link #ALIGNED} or the code of the first check that failed
 * @param transform what is done to the input or the grid, whatever the status
 * @param correlation with the template, −1..1; empty where the frame has none or the side is
 *     unknown
 */
public record Placement(
    String frame, String status, Transform transform, OptionalDouble correlation) {
  public static final String ALIGNED = "ALIGNED";

  /** The view is missing or none of the frame's. */
  public static final String VIEW_UNKNOWN = "VIEW_UNKNOWN";

  /** The side is missing or no side. */
  public static final String LATERALITY_UNKNOWN = "LATERALITY_UNKNOWN";

  /** Width ÷ height is too far from the training images'. */
  public static final String ASPECT = "ASPECT";

  /** The bright field was not found, or is off its place or size. */
  public static final String FIELD_OF_VIEW = "FIELD_OF_VIEW";

  /** The image does not look like the template. */
  public static final String TEMPLATE = "TEMPLATE";

  public boolean aligned() {
    return status.equals(ALIGNED);
  }
}
