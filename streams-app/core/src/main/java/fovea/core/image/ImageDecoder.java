package fovea.core.image;

import fovea.core.image.Decoded.Reason;
import fovea.core.image.Decoded.Refused;
import java.awt.color.CMMException;
import java.awt.image.ImagingOpException;
import java.awt.image.RasterFormatException;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG, PNG, PNM (P2, P3, P5, P6) and TIFF, 8 and 16 bit, within limits.
 *
 * <p>The format is told by the first bytes. Limits are checked on the header, before pixels are
 * decoded. Grey stays grey, a palette becomes grey or RGB, alpha is dropped, depths between are
 * scaled to 8 or 16 bits; samples are taken as they are: no colour profile, gamma or orientation
 * tag is applied. Of several pages the first is read. CMYK and YCCK, floating-point and signed
 * samples are refused, and so is what is damaged or cut off, even where its reader would only warn.
 * PNM needs a plug-in on the class path.
 *
 * <p>Thread-safe; keeps one idle reader per format and thread that ever decoded at once.
 */
public final class ImageDecoder {
  private final DecodeLimits limits;
  private final ReaderPool readers = new ReaderPool();

  public ImageDecoder(DecodeLimits limits) {
    this.limits = limits;
  }

  /** Decodes a whole file; {@code content} is only read. */
  public Decoded decode(byte[] content) {
    if (content.length > limits.maxBytes()) {
      return new Refused(
          Reason.TOO_LARGE,
          "%d bytes, allowed are %d".formatted(content.length, limits.maxBytes()));
    }
    Optional<ImageFormat> format = ImageFormat.of(content);
    if (format.isEmpty()) {
      return refused(
          content.length == 0 ? "no bytes" : "the bytes begin neither JPEG, PNG, PNM nor TIFF");
    }
    Optional<ImageReader> reader = readers.take(format.get());
    return reader.isEmpty()
        ? refused("no reader for " + format.get() + " is installed")
        : decode(content, format.get(), reader.get());
  }

  /** Lets the reader wait for the next file, unless this one may have left it in disorder. */
  private Decoded decode(byte[] content, ImageFormat format, ImageReader reader) {
    Decoded decoded = guarded(content, format, reader);
    if (decoded instanceof Decoded.Image) {
      readers.give(format, reader);
    } else {
      reader.dispose();
    }
    return decoded;
  }

  /** Damaged files make ImageIO's readers fail in many ways; no other is expected of them. */
  private Decoded guarded(byte[] content, ImageFormat format, ImageReader reader) {
    try {
      return new Decoding(format, limits).run(content, reader);
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | ArithmeticException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException
        | RasterFormatException
        | ImagingOpException
        | CMMException e) {
      return refused("%s cannot be decoded: %s".formatted(format, e.getClass().getSimpleName()));
    }
  }

  private static Refused refused(String message) {
    return new Refused(Reason.IMAGE, message);
  }
}
