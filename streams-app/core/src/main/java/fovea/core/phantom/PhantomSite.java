package fovea.core.phantom;

/**
 * A clinic with its camera: its colour and its noise.
 *
 * @param name as records carry it
 * @param device the camera's name
 * @param softwareVersion the camera's software
 * @param tint what the camera makes of white light
 * @param noise standard deviation of a sample, in 0..255
 */
public record PhantomSite(
    String name, String device, String softwareVersion, Tint tint, double noise) {
  public PhantomSite {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a site needs a name: '" + name + "'");
    }
    if (!(noise >= 0 && noise <= 64)) {
      throw new IllegalArgumentException("noise must be 0..64: " + noise);
    }
  }

  /** Factors on red, green and blue; 1 leaves a channel as it is. */
  public record Tint(double red, double green, double blue) {
    public Tint {
      if (!(red > 0 && green > 0 && blue > 0)) {
        throw new IllegalArgumentException(
            "tint must be positive: %s, %s, %s".formatted(red, green, blue));
      }
    }
  }
}
