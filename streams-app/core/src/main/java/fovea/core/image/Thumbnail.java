package fovea.core.image;

/**
 * The small grey picture of an image that travels with an explanation, and from which its place in
 * a frame is judged: 64×64 cells, stretched to a square.
 *
 * <p>Immutable. Made once per image: everything that looks at an image in small takes it from here.
 */
public final class Thumbnail {
  private static final int SIDE = 64;
  private static final int HALF = SIDE / 2;

  private final float[] grid;

  private Thumbnail(float[] grid) {
    this.grid = grid;
  }

  /** By area averaging of a bounded number of pixels (see {@code Luminance}). */
  public static Thumbnail of(Raster raster) {
    return new Thumbnail(Luminance.grid(raster, SIDE));
  }

  /** 64×64 grey levels, unsigned, row-major: 4,096 bytes, a new array. */
  public byte[] grey64() {
    byte[] out = new byte[grid.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) Math.round(grid[i]);
    }
    return out;
  }

  /** 32×32 luminances in 0..255, row-major, a new array. */
  public float[] grid32() {
    float[] out = new float[HALF * HALF];
    for (int i = 0; i < out.length; i++) {
      int at = i / HALF * 2 * SIDE + i % HALF * 2;
      out[i] = (grid[at] + grid[at + 1] + grid[at + SIDE] + grid[at + SIDE + 1]) / 4;
    }
    return out;
  }
}
