package fovea.query.picture;

import fovea.core.image.Raster;
import java.util.Optional;

/**
 * A map to be drawn.
 *
 * @param field the numbers
 * @param underlay grey image of the same place, drawn below the colours
 * @param size width in pixels of the picture and of the map in it, 64..2048
 * @param scale how its numbers become colours
 */
public record HeatMap(ScalarField field, Optional<Raster> underlay, int size, ColourScale scale) {
  static final int MIN_SIZE = 64;
  static final int MAX_SIZE = 2048;

  public HeatMap {
    if (size < MIN_SIZE || size > MAX_SIZE) {
      throw new IllegalArgumentException("size must be 64..2048: " + size);
    }
  }

  /** In sequential colours. */
  public HeatMap(ScalarField field, Optional<Raster> underlay, int size) {
    this(field, underlay, size, ColourScale.SEQUENTIAL);
  }

  Colours colours() {
    return scale.of(field, underlay.isPresent());
  }

  /** Rows of the map as drawn. */
  int rows() {
    return Math.max(1, Math.round((float) size * field.height() / field.width()));
  }
}
