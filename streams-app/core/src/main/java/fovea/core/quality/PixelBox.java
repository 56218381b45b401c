package fovea.core.quality;

/**
 * A box in acquired pixels, as an outcome gives it.
 *
 * @param x left edge; may lie outside the image
 * @param y top edge; may lie outside the image
 * @param width positive
 * @param height positive
 */
public record PixelBox(int x, int y, int width, int height) {
  public PixelBox {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("a box of %dx%d pixels".formatted(width, height));
    }
  }
}
