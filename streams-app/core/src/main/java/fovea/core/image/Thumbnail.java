package fovea.core.image;

/** The small grey picture that may travel with an explanation. */
public final class Thumbnail {
  private static final int SIDE = 64;

  private Thumbnail() {}

  /** 64×64 grey levels, unsigned, row-major, stretched to a square: 4,096 bytes. */
  public static byte[] grey64(Raster raster) {
    float[] grid = Luminance.grid(raster, SIDE);
    byte[] out = new byte[grid.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) Math.round(grid[i]);
    }
    return out;
  }
}
