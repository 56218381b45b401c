package fovea.training;

import fovea.core.explanation.Attention;
import fovea.core.explanation.Quantiser;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest.Quantisation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Held-out images, and below each the same with the model's attention for one label: the redder a
 * cell, the more it speaks for the label.
 *
 * @param spec of the net
 * @param quantisation of its evidence
 */
record MapPicture(NetSpec spec, Quantisation quantisation) {
  /** The file's name in the model's folder. */
  static final String FILE = "maps.png";

  private static final int GAP = 4;

  /** A PNG: one column an image. */
  byte[] png(List<Example> examples, List<Outputs> outputs, int label) {
    int side = spec.side();
    int columns = examples.size();
    BufferedImage picture =
        new BufferedImage(columns * (side + GAP) - GAP, 2 * side + GAP, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < columns; i++) {
      draw(picture, i * (side + GAP), examples.get(i), cells(outputs.get(i), label));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture could not be written", e);
    }
    return out.toByteArray();
  }

  private short[] cells(Outputs o, int label) {
    var evidence =
        new Quantiser(quantisation.scaleExponent())
            .quantise(o.evidence(label), o.gridHeight(), o.gridWidth())
            .grid();
    return Attention.max1(evidence, quantisation.floor(), quantisation.subtractMin())
        .grid()
        .cells();
  }

  private void draw(BufferedImage picture, int left, Example example, short[] cells) {
    int side = spec.side();
    int grid = spec.grid();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int grey = example.sample(y * side + x);
        picture.setRGB(left + x, y, colour(grey, 0));
        double attention = cells[y * grid / side * grid + x * grid / side] / (double) (1 << 14);
        picture.setRGB(left + x, side + GAP + y, colour(grey, attention));
      }
    }
  }

  private static int colour(int grey, double attention) {
    double alpha = 0.6 * attention;
    int red = (int) Math.round(grey * (1 - alpha) + 255 * alpha);
    int other = (int) Math.round(grey * (1 - alpha));
    return red << 16 | other << 8 | other;
  }
}
