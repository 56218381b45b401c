package fovea.core.evaluation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Divides subjects into ten folds by the digest of their pseudonym, so that all images of a person
 * lie in one, on every machine and for every seed.
 */
public final class SubjectSplit {
  private static final int FOLDS = 10;
  private static final int HELD_OUT = 2;

  private SubjectSplit() {}

  /** 0..9: SHA-256 of the pseudonym, its first 8 bytes as an unsigned number, modulo ten. */
  public static int fold(String subject) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
      return (int) Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), FOLDS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether a fold is of the fifth of subjects that no step of a training may see. */
  public static boolean heldOut(int fold) {
    return fold < HELD_OUT;
  }

  /** Whether a fold is of the tenth of subjects that decides when a training stops. */
  public static boolean validation(int fold) {
    return fold == HELD_OUT;
  }
}
