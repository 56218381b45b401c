package fovea.core.image;

import fovea.core.image.Decoded.Reason;
import fovea.core.image.Decoded.Refused;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** The decoding of one file by a reader. */
final class Decoding implements IIOReadWarningListener {
  private final ImageFormat format;
  private final DecodeLimits limits;
  private boolean damaged;

  Decoding(ImageFormat format, DecodeLimits limits) {
    this.format = format;
    this.limits = limits;
  }

  Decoded run(byte[] content, ImageReader reader) throws IOException {
    reader.setInput(new ContentStream(content), true, true);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (!limits.allows(width, height) || !limits.allows(tileWidth(reader), tileHeight(reader))) {
      return new Refused(
          Reason.TOO_LARGE,
          "%dx%d pixels, allowed are %d".formatted(width, height, limits.maxPixels()));
    }
    if (format == ImageFormat.PNG && !PngChunks.whole(content)) {
      return refused("is damaged or cut off");
    }
    if (!reader.getImageTypes(0).hasNext()) {
      return refused("has colours that are neither grey nor RGB");
    }
    return pixels(reader);
  }

  private Decoded pixels(ImageReader reader) throws IOException {
    reader.addIIOReadWarningListener(this);
    var image = reader.read(0);
    if (damaged) {
      return refused("is damaged or cut off");
    }
    Optional<Raster> raster = Samples.of(image);
    return raster.isPresent()
        ? new Decoded.Image(raster.get())
        : refused("has samples that are neither 8 nor 16 bit, grey nor RGB");
  }

  /** A TIFF tile is allocated whole, however small the image. */
  private int tileWidth(ImageReader reader) throws IOException {
    return format == ImageFormat.TIFF ? reader.getTileWidth(0) : 1;
  }

  private int tileHeight(ImageReader reader) throws IOException {
    return format == ImageFormat.TIFF ? reader.getTileHeight(0) : 1;
  }

  private Refused refused(String what) {
    return new Refused(Reason.IMAGE, format + " " + what);
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    damaged |= JpegWarning.speaksOfDamage(warning);
  }
}
