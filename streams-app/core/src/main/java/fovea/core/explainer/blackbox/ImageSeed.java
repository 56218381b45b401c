package fovea.core.explainer.blackbox;

import fovea.core.explainer.ExplainerSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Randomness that follows from image and explainer alone, so that a repeated run repeats it. */
public final class ImageSeed {
  private static final String ALGORITHM = "L64X128MixRandom";

  private ImageSeed() {}

  /** Of an explainer's text. */
  public static long of(ExplainerSpec spec, String imageId) {
    return of(spec.text(), imageId);
  }

  /** First 8 bytes, big-endian, of the SHA-256 of {@code purpose, line feed, image id}. */
  public static long of(String purpose, String imageId) {
    try {
      byte[] text = (purpose + "\n" + imageId).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Whether an image is in a sample that holds this share of images, 0..1. Every sample is drawn
   * alike, so that the smaller of two lies inside the greater.
   */
  public static boolean sampled(String imageId, double share) {
    double uniform = (of("sample", imageId) >>> 11) * 0x1p-53;
    return uniform < share;
  }

  static RandomGenerator generator(ExplainerSpec spec, String imageId) {
    return RandomGeneratorFactory.of(ALGORITHM).create(of(spec, imageId));
  }
}
