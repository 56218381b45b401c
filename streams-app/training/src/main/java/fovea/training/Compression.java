package fovea.training;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What JPEG leaves of an image. */
final class Compression {
  private Compression() {}

  /**
   * Replaces the image by its compressed self.
   *
   * @param quality 0..1, as the JDK's writer has it
   */
  static void apply(Plane image, float quality) {
    int side = image.side();
    BufferedImage grey = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, side, side, rounded(image.samples()));
    try {
      BufferedImage back = ImageIO.read(new ByteArrayInputStream(encoded(grey, quality)));
      image.replace(back.getRaster().getPixels(0, 0, side, side, new float[side * side]));
    } catch (IOException e) {
      throw new UncheckedIOException("an image in memory could not be compressed", e);
    }
  }

  private static float[] rounded(float[] samples) {
    float[] out = new float[samples.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.clamp(Math.round(samples[i]), 0, 255);
    }
    return out;
  }

  private static byte[] encoded(BufferedImage image, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
