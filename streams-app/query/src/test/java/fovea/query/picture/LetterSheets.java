package fovea.query.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Draws the letter sheets anew, from DejaVu Sans on this machine, into a folder. */
final class LetterSheets {
  private LetterSheets() {}

  static void main(String[] args) throws IOException {
    StringBuilder characters = new StringBuilder();
    for (char c = 0x20; c < 0x7f; c++) {
      characters.append(c);
    }
    for (char c = 0xa1; c <= 0xff; c++) {
      characters.append(c);
    }
    characters.append("–—‘’“”…≤≥≈−œŒşŞğĞıİčČšŠžŽřŘłŁąęćńśźżαβγδμσΩ\u25a1");
    for (int size : new int[] {13, 26}) {
      write(Path.of(args[0]), size, characters.toString());
    }
  }

  private static void write(Path folder, int size, String characters) throws IOException {
    Font font = new Font("DejaVu Sans", Font.PLAIN, size);
    BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    FontMetrics metrics = probe.createGraphics().getFontMetrics(font);
    StringBuilder widths = new StringBuilder();
    for (int i = 0; i < characters.length(); i++) {
      widths.append(metrics.charWidth(characters.charAt(i))).append(' ');
    }
    int width = metrics.stringWidth(characters);
    int height = metrics.getAscent() + metrics.getDescent();
    BufferedImage sheet = new BufferedImage(width + size, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(font);
    graphics.setColor(Color.WHITE);
    int x = 0;
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      graphics.drawString(String.valueOf(c), x, metrics.getAscent());
      x += metrics.charWidth(c);
    }
    graphics.dispose();
    ImageIO.write(sheet, "png", folder.resolve("letters-" + size + ".png").toFile());
    Files.writeString(
        folder.resolve("letters-" + size + ".txt"),
        metrics.getAscent() + "\n" + characters + "\n" + widths.toString().strip() + "\n");
  }
}
