package fovea.core.explainer.blackbox;

/** Brings a mask on the grid to pixels. Immutable and thread-safe. */
final class PixelMask {
  private final int gridHeight;
  private final int gridWidth;
  private final int height;
  private final int width;
  private final boolean smooth;

  /**
   * @param smooth bilinear with half-pixel centres and clamped edges; else each pixel has its
   *     cell's value
   */
  PixelMask(Question question, boolean smooth) {
    this.gridHeight = question.gridHeight();
    this.gridWidth = question.gridWidth();
    this.height = question.image().height();
    this.width = question.image().width();
    this.smooth = smooth;
  }

  void write(float[] cells, float[] pixels) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = smooth ? between(cells, y, x) : cells[cell(y, x)];
      }
    }
  }

  private int cell(int y, int x) {
    return y * gridHeight / height * gridWidth + x * gridWidth / width;
  }

  private float between(float[] cells, int y, int x) {
    float cy = Math.clamp((y + 0.5f) * gridHeight / height - 0.5f, 0, gridHeight - 1);
    float cx = Math.clamp((x + 0.5f) * gridWidth / width - 0.5f, 0, gridWidth - 1);
    int top = (int) cy;
    int left = (int) cx;
    int bottom = Math.min(top + 1, gridHeight - 1);
    int right = Math.min(left + 1, gridWidth - 1);
    float down = cy - top;
    float across = cx - left;
    float upper =
        cells[top * gridWidth + left] * (1 - across) + cells[top * gridWidth + right] * across;
    float lower =
        cells[bottom * gridWidth + left] * (1 - across)
            + cells[bottom * gridWidth + right] * across;
    return upper * (1 - down) + lower * down;
  }
}
