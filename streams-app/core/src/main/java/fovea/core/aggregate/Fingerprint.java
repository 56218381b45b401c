package fovea.core.aggregate;

import fovea.core.moments.Folds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes that name images and deal subjects to folds without telling who they are.
 *
 * <p>Immutable and thread-safe. HMAC-SHA256, its first 8 bytes read big-endian.
 */
public final class Fingerprint {
  /** How many folds there are. */
  public static final int FOLDS = Folds.FOLDS;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST_KEY = 16;

  private final SecretKeySpec key;

  /** At least 16 bytes, copied: who knows them can look up whether an image was counted. */
  public Fingerprint(byte[] key) {
    if (key.length < LEAST_KEY) {
      throw new IllegalArgumentException("key must have at least 16 bytes: " + key.length);
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** An image's summand of F: of {@code imageId|sha256}, each part escaped as {@link KeyText}. */
  public long of(String imageId, String payloadSha256) {
    return hmac(KeyText.join(imageId, payloadSha256));
  }

  /** The fold of a subject, 0..19: all of one subject's images are in one. */
  public int fold(String subjectId) {
    return (int) Long.remainderUnsigned(hmac(subjectId), FOLDS);
  }

  private long hmac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] sum = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      long first = 0;
      for (int i = 0; i < 8; i++) {
        first = first << 8 | (sum[i] & 0xff);
      }
      return first;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
