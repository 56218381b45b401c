package fovea.query.picture;

import java.util.Arrays;

/** Pixels that are drawn on, 0xRRGGBB. Mutable, thread-confined. */
final class Canvas {
  private final int width;
  private final int height;
  private final int[] pixels;

  Canvas(int width, int height, int background) {
    this.width = width;
    this.height = height;
    this.pixels = new int[width * height];
    Arrays.fill(pixels, background);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int at(int x, int y) {
    return pixels[y * width + x];
  }

  /** Replaces a pixel, which must lie inside. */
  void set(int x, int y, int rgb) {
    pixels[y * width + x] = rgb;
  }

  /** Lays a colour over a pixel; what lies outside is left out. */
  void blend(int x, int y, int rgb, double opacity) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      return;
    }
    if (opacity >= 1) {
      pixels[y * width + x] = rgb;
      return;
    }
    int below = pixels[y * width + x];
    pixels[y * width + x] =
        mix(below >> 16, rgb >> 16, opacity) << 16
            | mix(below >> 8, rgb >> 8, opacity) << 8
            | mix(below, rgb, opacity);
  }

  private static int mix(int below, int above, double opacity) {
    int b = below & 0xff;
    return (int) Math.round(b + ((above & 0xff) - b) * opacity);
  }
}
