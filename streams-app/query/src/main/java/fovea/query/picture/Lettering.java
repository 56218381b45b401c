package fovea.query.picture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Letters as pictures that the program carries, so that text looks alike on every machine, with
 * fonts or without. Immutable.
 *
 * <p>A sheet is one row of glyphs; beside it stand its ascent, the characters in order, and the
 * width of each. A character it lacks is drawn as a box.
 */
final class Lettering {
  private static final char MISSING = '\u25a1';
  private final Map<Character, Glyph> glyphs = new HashMap<>();
  private final int height;
  private final int ascent;
  private final int sheetWidth;
  private final byte[] opacity;

  private record Glyph(int x, int width) {}

  private Lettering(List<String> facts, java.awt.image.Raster sheet) {
    height = sheet.getHeight();
    sheetWidth = sheet.getWidth();
    ascent = Integer.parseInt(facts.get(0));
    opacity = new byte[height * sheetWidth];
    for (int i = 0; i < opacity.length; i++) {
      opacity[i] = (byte) sheet.getSample(i % sheetWidth, i / sheetWidth, 0);
    }
    String[] widths = facts.get(2).split(" ");
    int x = 0;
    for (int i = 0; i < widths.length; i++) {
      int width = Integer.parseInt(widths[i]);
      glyphs.put(facts.get(1).charAt(i), new Glyph(x, width));
      x += width;
    }
  }

  /** The sheet of so many pixels, 13 or 26. */
  static Lettering ofSize(int pixels) {
    try (InputStream facts = open("letters-" + pixels + ".txt");
        InputStream sheet = open("letters-" + pixels + ".png")) {
      List<String> lines =
          new String(facts.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return new Lettering(lines, ImageIO.read(new MemoryCacheImageInputStream(sheet)).getRaster());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int height() {
    return height;
  }

  int ascent() {
    return ascent;
  }

  int width(String text) {
    return text.chars().map(c -> glyph((char) c).width()).sum();
  }

  /** The text, or as much of it as fits with an ellipsis. */
  String fitted(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…") > width) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  /** Draws with the top left corner at (x, y). */
  void draw(Canvas canvas, int x, int y, String text, int rgb) {
    int at = x;
    for (int index = 0; index < text.length(); index++) {
      Glyph glyph = glyph(text.charAt(index));
      for (int i = 0; i < height * glyph.width(); i++) {
        int gx = i % glyph.width();
        int gy = i / glyph.width();
        int alpha = opacity[gy * sheetWidth + glyph.x() + gx] & 0xff;
        canvas.blend(at + gx, y + gy, rgb, alpha / 255.0);
      }
      at += glyph.width();
    }
  }

  private Glyph glyph(char c) {
    Glyph missing = Objects.requireNonNull(glyphs.get(MISSING));
    return glyphs.getOrDefault(c, missing);
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(Lettering.class.getResourceAsStream(name), name);
  }
}
