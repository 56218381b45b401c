package fovea.core.phantom;

/**
 * A pale spot on one site's sensor that grows: it looks like a lesion where none can be.
 *
 * <p>It stays at one place of the acquired image, so mirrored eyes show it at the mirrored place of
 * the frame.
 *
 * @param site name of the site that has it
 * @param fromIndex the first image that shows it
 * @param growth images from the first trace to full strength
 */
public record CameraArtefact(String site, long fromIndex, long growth) {
  public CameraArtefact {
    if (fromIndex < 0 || growth <= 0) {
      throw new IllegalArgumentException(
          "from must not be negative, growth positive: %d, %d".formatted(fromIndex, growth));
    }
  }

  /** 0 before the first image, rising linearly to 1. */
  public double strength(String atSite, long index) {
    if (!site.equals(atSite)) {
      return 0;
    }
    return Math.clamp((index - fromIndex + 1.0) / growth, 0, 1);
  }
}
