package fovea.modelstore;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys as OpenSSL writes them, and signatures as one line of base64. */
public final class Ed25519 {
  private static final String NAME = "Ed25519";

  private Ed25519() {}

  /**
   * A key from PKCS #8, as PEM or its base64 alone.
   *
   * @throws IllegalArgumentException if it is no such key; the message holds nothing of it
   */
  public static PrivateKey privateKey(String text) {
    try {
      return factory().generatePrivate(new PKCS8EncodedKeySpec(content(text)));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not an Ed25519 private key (PKCS #8)", e);
    }
  }

  /**
   * A key from X.509, as PEM or its base64 alone.
   *
   * @throws IllegalArgumentException if it is no such key
   */
  public static PublicKey publicKey(String text) {
    try {
      return factory().generatePublic(new X509EncodedKeySpec(content(text)));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not an Ed25519 public key (X.509): " + text.strip(), e);
    }
  }

  /** The signature of {@code content}, base64 and a line feed. */
  static String sign(byte[] content, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initSign(key);
      signature.update(content);
      return Base64.getEncoder().encodeToString(signature.sign()) + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key cannot sign by Ed25519", e);
    }
  }

  /** Whether {@code text} is the signature of {@code content} by {@code key}. */
  static boolean verifies(byte[] content, String text, PublicKey key) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initVerify(key);
      signature.update(content);
      return signature.verify(Base64.getMimeDecoder().decode(text));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static KeyFactory factory() {
    try {
      return KeyFactory.getInstance(NAME);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  private static byte[] content(String text) {
    return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
  }
}
