package fovea.core.image;

/**
 * What an image may be at most; checked on the header, before any pixel is decoded.
 *
 * @param maxBytes length of the encoded file
 * @param maxPixels width × height
 */
public record DecodeLimits(long maxBytes, long maxPixels) {
  /** Whatever the limits say, no side may be longer. */
  static final int MAX_SIDE = 65_535;

  public DecodeLimits {
    if (maxBytes <= 0 || maxPixels <= 0) {
      throw new IllegalArgumentException(
          "limits must be positive: %d bytes, %d pixels".formatted(maxBytes, maxPixels));
    }
  }

  boolean allows(long width, long height) {
    return width <= MAX_SIDE && height <= MAX_SIDE && width * height <= maxPixels;
  }
}
