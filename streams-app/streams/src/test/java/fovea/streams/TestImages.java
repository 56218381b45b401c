package fovea.streams;

import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Seeded grey images of 16×16 pixels, and records that carry them. */
final class TestImages {
  static final Instant ACQUIRED = Instant.parse("2026-03-04T23:30:00Z");

  private TestImages() {}

  static byte[] png(long seed) {
    return png(pixels(seed));
  }

  /** Left and right exchanged. */
  static byte[] mirroredPng(long seed) {
    int[] pixels = pixels(seed);
    int[] out = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      out[i - i % TestModels.SIDE + TestModels.SIDE - 1 - i % TestModels.SIDE] = pixels[i];
    }
    return png(out);
  }

  /** An image that begins with the pixel {@code marker}. */
  static byte[] marked(int marker) {
    int[] pixels = pixels(1);
    pixels[0] = marker;
    return png(pixels);
  }

  static byte[] png(int[] grey) {
    int side = TestModels.SIDE;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, side, side, grey);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static int[] pixels(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.ints((long) TestModels.SIDE * TestModels.SIDE, 0, 200).toArray();
  }

  /** A left eye of site north. */
  static ScreeningImage.Builder record(String subjectId, String imageId, byte[] content) {
    return ScreeningImage.newBuilder()
        .setSubjectId(subjectId)
        .setImageId(imageId)
        .setSite("north")
        .setModality("FUNDUS")
        .setLaterality("L")
        .setAcquiredAt(ACQUIRED)
        .setPayload(payload(content));
  }

  static InlinePayload payload(byte[] content) {
    return new InlinePayload(ByteBuffer.wrap(content), "image/png", null);
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
