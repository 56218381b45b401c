package fovea.core.frame;

import fovea.core.image.Thumbnail;
import java.util.Optional;

/**
 * The bright region of an image, as shares of its sides: the box around the rows and columns that
 * have enough bright cells on a 64×64 grid.
 *
 * @param centreX 0 left to 1 right
 * @param centreY 0 top to 1 bottom
 * @param diameter mean of the box's width and height
 */
record BrightField(double centreX, double centreY, double diameter) {
  private static final int SIDE = 64;
  private static final int CONTRAST = 16;

  /** A row with fewer bright cells is a speck or a letter, not the field. */
  private static final int ENOUGH = 4;

  /** Empty where the image is nearly of one brightness. */
  static Optional<BrightField> of(Thumbnail thumbnail) {
    byte[] grid = thumbnail.grey64();
    int[] levels = new int[256];
    for (byte grey : grid) {
      levels[grey & 0xff]++;
    }
    int dark = level(levels, grid.length / 50);
    int bright = level(levels, grid.length - 1 - grid.length / 50);
    if (bright - dark < CONTRAST) {
      return Optional.empty();
    }
    return box(grid, dark + (bright - dark) / 5);
  }

  /** The level that would stand at {@code rank} if all were sorted. */
  private static int level(int[] levels, int rank) {
    int level = 0;
    for (int below = levels[0]; below <= rank; below += levels[level]) {
      level++;
    }
    return level;
  }

  private static Optional<BrightField> box(byte[] grid, int threshold) {
    int[] rows = new int[SIDE];
    int[] columns = new int[SIDE];
    for (int i = 0; i < grid.length; i++) {
      if ((grid[i] & 0xff) > threshold) {
        rows[i / SIDE]++;
        columns[i % SIDE]++;
      }
    }
    int top = first(rows);
    int left = first(columns);
    if (top == SIDE || left == SIDE) {
      return Optional.empty();
    }
    double height = last(rows) + 1 - top;
    double width = last(columns) + 1 - left;
    return Optional.of(
        new BrightField(
            (left + width / 2) / SIDE, (top + height / 2) / SIDE, (width + height) / (2 * SIDE)));
  }

  private static int first(int[] counts) {
    int i = 0;
    while (i < SIDE && counts[i] < ENOUGH) {
      i++;
    }
    return i;
  }

  private static int last(int[] counts) {
    int i = SIDE - 1;
    while (i >= 0 && counts[i] < ENOUGH) {
      i--;
    }
    return i;
  }

  BrightField mirrored() {
    return new BrightField(1 - centreX, centreY, diameter);
  }

  /** The greatest difference of centre and size. */
  double distance(FieldOfView to) {
    return Math.max(
        Math.abs(diameter - to.diameter()),
        Math.max(Math.abs(centreX - to.centreX()), Math.abs(centreY - to.centreY())));
  }
}
