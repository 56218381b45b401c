package fovea.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSignatureTest {
  @TempDir private Path folder;

  @Test
  void signedModelOpensForItsSignerAndForNobodyElse() throws GeneralSecurityException {
    StoredModel model = written();
    KeyPair signer = pair();

    ModelSignature.sign(
        model, Ed25519.privateKey(pem("PRIVATE KEY", signer.getPrivate().getEncoded())));

    assertThat(open(pair(), signer)).isEqualTo(model);
    assertThatThrownBy(() -> open(pair()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("the signature is by none of the 1 keys that may sign models");
  }

  @Test
  void unsignedModelIsRefusedWhereASignatureIsRequired() throws GeneralSecurityException {
    written();

    assertThatThrownBy(() -> open(pair()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("a signature is required, and there is no manifest.json.sig");
  }

  @Test
  void changedManifestIsRefused() throws GeneralSecurityException, IOException {
    StoredModel model = written();
    KeyPair signer = pair();
    ModelSignature.sign(model, signer.getPrivate());
    Path manifest = model.directory().resolve(StoredModel.MANIFEST);

    Files.writeString(manifest, Files.readString(manifest).replace("0.5", "0.1"));

    assertThatThrownBy(() -> open(signer)).hasMessageContaining("none of the 1 keys");
  }

  @Test
  void whatIsNoKeyIsSaid() {
    assertThatThrownBy(() -> Ed25519.publicKey("AAAA"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an Ed25519 public key (X.509): AAAA");
    assertThatThrownBy(() -> Ed25519.privateKey("secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void removedVersionIsGoneAndTheOtherStays() {
    StoredModel model = written();
    ModelWriter writer = new ModelWriter(store());

    writer.remove(model.ref());

    assertThat(store().list()).isEmpty();
    assertThat(model.directory()).doesNotExist();
    assertThatThrownBy(() -> writer.remove(model.ref()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith("no model ");
  }

  private StoredModel open(KeyPair... keys) {
    ModelRef ref = store().list().getFirst();
    return store()
        .signedBy(List.of(keys).stream().map(KeyPair::getPublic).toList())
        .open(ref.id(), ref.version());
  }

  private StoredModel written() {
    return new ModelWriter(store())
        .write(Manifests.of("net", "1"), Map.of(StoredModel.ONNX, new byte[] {1, 2, 3}));
  }

  private ModelStore store() {
    return ModelStore.at(folder);
  }

  private static KeyPair pair() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  private static String pem(String what, byte[] content) {
    String text = Base64.getMimeEncoder().encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }
}
