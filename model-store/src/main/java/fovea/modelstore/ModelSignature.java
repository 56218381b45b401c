package fovea.modelstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;

/**
 * The detached signature of a version: {@code manifest.json.sig}, over the manifest's bytes. The
 * manifest holds the digest of every other file, so that it covers them all.
 */
public final class ModelSignature {
  /** The signature's file name. */
  public static final String FILE = StoredModel.MANIFEST + ".sig";

  private static final long MAX_BYTES = 4096;

  private ModelSignature() {}

  /** Signs a version that was verified; a signature that stands is replaced. */
  public static Path sign(StoredModel model, PrivateKey key) {
    Path file = model.directory().resolve(FILE);
    try {
      byte[] manifest = Files.readAllBytes(model.directory().resolve(StoredModel.MANIFEST));
      if (!ManifestJson.read(manifest).equals(model.manifest())) {
        throw new ModelRefusedException("the manifest changed while it was signed");
      }
      Files.writeString(file, Ed25519.sign(manifest, key));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot sign " + model.ref(), e);
    }
  }

  /** Refuses a manifest that none of the keys signed. */
  static void require(Path folder, byte[] manifest, List<PublicKey> keys) throws IOException {
    if (!Files.isRegularFile(folder.resolve(FILE))) {
      throw new ModelRefusedException("a signature is required, and there is no " + FILE);
    }
    Path file = FileName.resolve(folder, FILE);
    if (Files.size(file) > MAX_BYTES) {
      throw new ModelRefusedException(FILE + " is no signature: it is too long");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    if (keys.stream().noneMatch(key -> Ed25519.verifies(manifest, text, key))) {
      throw new ModelRefusedException(
          "the signature is by none of the %d keys that may sign models".formatted(keys.size()));
    }
  }
}
