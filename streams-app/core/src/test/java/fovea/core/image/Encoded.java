package fovea.core.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Files made in memory: one small picture in every encoding that is read. */
final class Encoded {
  static final int WIDTH = 40;
  static final int HEIGHT = 30;

  private Encoded() {}

  /** A gradient with an edge, 0..255. */
  static int grey(int x, int y) {
    return x < WIDTH / 2 ? 4 * x + y : 255 - 3 * x - y;
  }

  static BufferedImage image(int type) {
    return fill(new BufferedImage(WIDTH, HEIGHT, type));
  }

  /** Three bands: the picture, its negative, and its half. */
  private static BufferedImage fill(BufferedImage image) {
    boolean deep = image.getRaster().getTransferType() == DataBuffer.TYPE_USHORT;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int g = grey(x, y);
        int[] bands = {g, 255 - g, g / 2, 255};
        for (int b = 0; b < image.getRaster().getNumBands(); b++) {
          image.getRaster().setSample(x, y, b, deep ? 257 * bands[b] : bands[b]);
        }
      }
    }
    return image;
  }

  static BufferedImage palette(boolean coloured) {
    byte[] up = new byte[256];
    byte[] down = new byte[256];
    for (int i = 0; i < 256; i++) {
      up[i] = (byte) i;
      down[i] = (byte) (255 - i);
    }
    var model = new IndexColorModel(8, 256, up, coloured ? down : up, up);
    return fill(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, model));
  }

  /** Four inks and no marker that says so: what a printer's JPEG looks like to a reader. */
  static byte[] fourInks() {
    return write(
        new IIOImage(image(BufferedImage.TYPE_4BYTE_ABGR).getRaster(), null, null), "jpeg");
  }

  static byte[] write(BufferedImage image, String format, String... how) {
    return write(new IIOImage(image, null, null), format, how);
  }

  private static byte[] write(IIOImage image, String format, String... how) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      for (String type : how) {
        if (type.equals("progressive")) {
          param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        } else if (type.equals("tiled")) {
          param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
          param.setTiling(16, 16, 0, 0);
        } else {
          param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          param.setCompressionType(type);
        }
      }
      writer.setOutput(out);
      writer.write(null, image, param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** P2 or P3, with a comment. */
  static byte[] plain(int channels, int white) {
    StringBuilder text = new StringBuilder(channels == 1 ? "P2" : "P3");
    text.append("\n# made by hand\n%d %d\n%d\n".formatted(WIDTH, HEIGHT, white));
    for (int i = 0; i < WIDTH * HEIGHT * channels; i++) {
      text.append(sample(i, channels) * white / 255).append(i % 9 == 8 ? '\n' : ' ');
    }
    return text.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** P5 or P6; big-endian 16 bits where white is above 255. */
  static byte[] raw(int channels, int white) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head = "P%d\n%d %d\n%d\n".formatted(channels == 1 ? 5 : 6, WIDTH, HEIGHT, white);
    out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < WIDTH * HEIGHT * channels; i++) {
      int value = sample(i, channels) * white / 255;
      if (white > 255) {
        out.write(value >> 8);
      }
      out.write(value);
    }
    return out.toByteArray();
  }

  private static int sample(int i, int channels) {
    int pixel = i / channels;
    int g = grey(pixel % WIDTH, pixel / WIDTH);
    return new int[] {g, 255 - g, g / 2}[i % channels];
  }

  /** Every lossless grey file. */
  static Map<String, byte[]> grey() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    BufferedImage grey = image(BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage deep = image(BufferedImage.TYPE_USHORT_GRAY);
    files.put("png", write(grey, "png"));
    files.put("png 16 bit", write(deep, "png"));
    files.put("png grey palette", write(palette(false), "png"));
    files.put("tiff", write(grey, "tiff"));
    files.put("tiff 16 bit LZW", write(deep, "tiff", "LZW"));
    files.put("tiff tiled", write(grey, "tiff", "tiled", "Deflate"));
    files.put("P2", plain(1, 255));
    files.put("P2 16 bit", plain(1, 65_535));
    files.put("P5", raw(1, 255));
    files.put("P5 16 bit", raw(1, 65_535));
    return files;
  }

  /** Every lossless RGB file. */
  static Map<String, byte[]> rgb() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    BufferedImage rgb = image(BufferedImage.TYPE_3BYTE_BGR);
    files.put("png", write(rgb, "png"));
    files.put("png alpha", write(image(BufferedImage.TYPE_4BYTE_ABGR), "png"));
    files.put("tiff", write(rgb, "tiff"));
    files.put("tiff alpha", write(image(BufferedImage.TYPE_4BYTE_ABGR), "tiff", "LZW"));
    files.put("tiff tiled", write(rgb, "tiff", "tiled", "PackBits"));
    files.put("P3", plain(3, 255));
    files.put("P3 16 bit", plain(3, 65_535));
    files.put("P6", raw(3, 255));
    files.put("P6 16 bit", raw(3, 65_535));
    return files;
  }

  static Map<String, byte[]> jpeg() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    BufferedImage rgb = image(BufferedImage.TYPE_3BYTE_BGR);
    files.put("jpeg grey", write(image(BufferedImage.TYPE_BYTE_GRAY), "jpeg"));
    files.put("jpeg", write(rgb, "jpeg"));
    files.put("jpeg progressive", write(rgb, "jpeg", "progressive"));
    return files;
  }
}
