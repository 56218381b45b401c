package fovea.core.evaluation;

import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * What is hidden from a model to learn what it uses: cells of a region, under one value.
 *
 * @param name of the figure that comes out
 * @param hidden empty to hide nothing
 */
public record Hiding(String name, Optional<Region> hidden) {

  /** The image as it is. */
  public static Hiding nothing(String name) {
    return new Hiding(name, Optional.empty());
  }

  /** An image without {@code region}. */
  public static Hiding of(String name, Region region) {
    return new Hiding(name, Optional.of(region));
  }

  /**
   * Hides in a tensor C×H×W that starts at the buffer's position; the position stays.
   *
   * @param fill one tensor value a channel
   */
  void apply(FloatBuffer tensor, int height, int width, float[] fill) {
    if (hidden.isEmpty()) {
      return;
    }
    Region region = hidden.get();
    for (int c = 0; c < fill.length; c++) {
      for (int y = 0; y < height; y++) {
        int row = y * region.height() / height * region.width();
        for (int x = 0; x < width; x++) {
          if (region.holds(row + x * region.width() / width)) {
            tensor.put(tensor.position() + (c * height + y) * width + x, fill[c]);
          }
        }
      }
    }
  }
}
