package fovea.query.picture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** 256 colours from low to high that colour-blind eyes can tell apart. Immutable. */
public final class Palette {
  private static final int COLOURS = 256;
  private final int[] rgb;

  private Palette(int[] rgb) {
    this.rgb = rgb;
  }

  /** Viridis: steps look equal, also in grey. */
  public static Palette viridis() {
    return read("viridis.txt");
  }

  /** Blue over white to red, white in the middle: equally dark at equal distance from it. */
  public static Palette blueRed() {
    return read("blue-red.txt");
  }

  private static Palette read(String table) {
    try (InputStream in = Palette.class.getResourceAsStream(table)) {
      String text =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
      int[] rgb =
          text.lines()
              .filter(line -> !line.startsWith("#"))
              .mapToInt(line -> Integer.parseInt(line, 16))
              .toArray();
      if (rgb.length != COLOURS) {
        throw new IllegalStateException("a palette has 256 colours: " + rgb.length);
      }
      return new Palette(rgb);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The colour of {@code share}, as 0xRRGGBB; what lies outside 0..1 gets the nearest end. */
  public int rgb(double share) {
    return rgb[(int) Math.max(0, Math.min(COLOURS - 1, Math.round(share * (COLOURS - 1))))];
  }
}
