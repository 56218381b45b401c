package fovea.core.phantom;

import fovea.core.image.Raster;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** File formats a raster can be written in, 8 bits a sample. */
public enum ImageFile {
  /** Lossless. */
  PNG("png", "image/png"),
  /** Quality 0.92. */
  JPEG("jpeg", "image/jpeg");

  private static final float JPEG_QUALITY = 0.92f;

  private final String format;
  private final String mediaType;

  ImageFile(String format, String mediaType) {
    this.format = format;
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The file's bytes; samples are rounded to 8 bits. */
  public byte[] encode(Raster raster) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(buffered(raster), null, null), parameters(writer));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private ImageWriteParam parameters(ImageWriter writer) {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    if (this == JPEG) {
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(JPEG_QUALITY);
    }
    return parameters;
  }

  private static BufferedImage buffered(Raster raster) {
    int channels = raster.channels();
    BufferedImage image =
        new BufferedImage(
            raster.width(),
            raster.height(),
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    float[] row = new float[raster.width() * channels];
    int[] samples = new int[row.length];
    for (int y = 0; y < raster.height(); y++) {
      raster.row(y, row);
      for (int i = 0; i < row.length; i++) {
        samples[i] = Math.round(row[i]);
      }
      image.getRaster().setPixels(0, y, raster.width(), 1, samples);
    }
    return image;
  }
}
