package fovea.core.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.util.Optional;

/** Copies the samples out of one of ImageIO's images, past its colour conversion. */
final class Samples {
  private final BufferedImage image;
  private final java.awt.image.Raster source;
  private final int width;
  private final int height;

  private Samples(BufferedImage image) {
    this.image = image;
    this.source = image.getRaster();
    this.width = image.getWidth();
    this.height = image.getHeight();
  }

  /** Grey or RGB, 8 or 16 bit; empty for anything else. */
  static Optional<Raster> of(BufferedImage image) {
    Samples samples = new Samples(image);
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return Optional.of(samples.indexed(palette));
    }
    int channels = channels(model);
    if (channels == 0) {
      return Optional.empty();
    }
    return switch (samples.source.getTransferType()) {
      case DataBuffer.TYPE_BYTE -> Optional.of(samples.bytes(channels));
      case DataBuffer.TYPE_USHORT -> Optional.of(samples.shorts(channels));
      default -> Optional.empty();
    };
  }

  private static int channels(ColorModel model) {
    if (!(model instanceof ComponentColorModel)) {
      return 0;
    }
    return switch (model.getColorSpace().getType()) {
      case ColorSpace.TYPE_GRAY -> 1;
      case ColorSpace.TYPE_RGB -> 3;
      default -> 0;
    };
  }

  private Raster bytes(int channels) {
    if (bits() == 8
        && source.getSampleModel() instanceof PixelInterleavedSampleModel model
        && source.getDataBuffer() instanceof DataBufferByte buffer
        && dense(model, buffer, channels)) {
      boolean blueFirst = model.getBandOffsets()[0] == 2;
      return new ByteRaster(width, height, channels, buffer.getData(), blueFirst);
    }
    byte[] out = new byte[width * height * channels];
    for (int y = 0, at = 0; y < height; y++) {
      for (int sample : row(y, channels, 255)) {
        out[at++] = (byte) sample;
      }
    }
    return Raster.of8(width, height, channels, out);
  }

  /** Whether the image's own array can be taken over: nothing else will ever write to it. */
  private boolean dense(PixelInterleavedSampleModel model, DataBufferByte buffer, int channels) {
    int[] bands = model.getBandOffsets();
    return model.getPixelStride() == channels
        && model.getScanlineStride() == width * channels
        && bands.length == channels
        && (channels == 1 ? bands[0] == 0 : bands[1] == 1 && bands[0] + bands[2] == 2)
        && buffer.getNumBanks() == 1
        && buffer.getOffset() == 0
        && buffer.getData().length == width * height * channels
        && source.getSampleModelTranslateX() == 0
        && source.getSampleModelTranslateY() == 0;
  }

  private Raster shorts(int channels) {
    short[] out = new short[width * height * channels];
    for (int y = 0, at = 0; y < height; y++) {
      for (int sample : row(y, channels, 65_535)) {
        out[at++] = (short) sample;
      }
    }
    return Raster.of16(width, height, channels, out);
  }

  /** One row of any layout, the depth scaled so that the brightest sample is {@code white}. */
  private int[] row(int y, int channels, int white) {
    int[] all = source.getPixels(source.getMinX(), source.getMinY() + y, width, 1, (int[]) null);
    int bands = source.getNumBands();
    int most = (1 << bits()) - 1;
    int[] out = new int[width * channels];
    for (int i = 0; i < out.length; i++) {
      int sample = all[i / channels * bands + i % channels];
      out[i] = most == white ? sample : (sample * white + most / 2) / most;
    }
    return out;
  }

  private int bits() {
    return image.getColorModel().getComponentSize(0);
  }

  private Raster indexed(IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    int channels = grey(colours) ? 1 : 3;
    byte[] out = new byte[width * height * channels];
    int[] row = new int[width];
    for (int y = 0, at = 0; y < height; y++) {
      source.getSamples(source.getMinX(), source.getMinY() + y, width, 1, 0, row);
      for (int index : row) {
        int colour = colours[index];
        out[at++] = (byte) (channels == 1 ? colour : colour >> 16);
        if (channels == 3) {
          out[at++] = (byte) (colour >> 8);
          out[at++] = (byte) colour;
        }
      }
    }
    return Raster.of8(width, height, channels, out);
  }

  private static boolean grey(int[] colours) {
    for (int colour : colours) {
      if ((colour >> 16 & 0xff) != (colour & 0xff) || (colour >> 8 & 0xff) != (colour & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
