package fovea.app.wiring;

import fovea.app.cli.BrokenWorldException;
import fovea.modelstore.Ed25519;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;

/** The keys that may sign models, as the configuration names them. */
final class SigningKeys {
  private SigningKeys() {}

  /** Each a PEM file's path or base64; a key that cannot be read must not be left out silently. */
  static List<PublicKey> read(List<String> names) {
    return names.stream().map(SigningKeys::key).toList();
  }

  private static PublicKey key(String name) {
    try {
      Path file = Path.of(name);
      return Ed25519.publicKey(Files.isRegularFile(file) ? Files.readString(file) : name);
    } catch (IOException | IllegalArgumentException e) {
      throw new BrokenWorldException(
          "models.require-signature: '%s' is neither a file nor a key that can be read: %s"
              .formatted(name, e.getMessage()),
          e);
    }
  }
}
