package fovea.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hex. */
public final class Digests {
  private Digests() {}

  /** SHA-256 of bytes. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /** SHA-256 and size of a file, read once as a stream. */
  public static Manifest.FileDigest of(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      long bytes = in.transferTo(OutputStream.nullOutputStream());
      return new Manifest.FileDigest(HexFormat.of().formatHex(digest.digest()), bytes);
    }
  }

  /** SHA-256 and size of bytes. */
  public static Manifest.FileDigest of(byte[] content) {
    return new Manifest.FileDigest(sha256(content), content.length);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
