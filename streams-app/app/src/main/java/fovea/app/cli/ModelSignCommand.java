package fovea.app.cli;

import fovea.modelstore.Ed25519;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelSignature;
import fovea.modelstore.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea model sign}: a detached signature over a version's manifest. */
@Command(
    name = "sign",
    description = "Sign a version with an Ed25519 key (openssl genpkey -algorithm ed25519).")
final class ModelSignCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOption target = new StoreOption();

  @Parameters(paramLabel = "ID[/VERSION]", description = "The newest version where none is said.")
  private String name = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private key, PEM (PKCS #8).")
  private Path key = Path.of("key.pem");

  private final Surroundings surroundings;

  ModelSignCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    ModelStore store = target.present(common, surroundings);
    ModelRef ref = StoreOption.named(store, name);
    Path signature;
    try {
      signature = ModelSignature.sign(store.open(ref.id(), ref.version()), privateKey());
    } catch (ModelRefusedException e) {
      throw new WrongUseException(ref + ": " + e.getMessage());
    }
    if (common.json) {
      Map<String, String> answer =
          Map.of("model", ref.toString(), "signature", signature.toString());
      surroundings.terminal().json(answer);
    } else {
      surroundings.terminal().result("signed " + ref + " in " + signature);
    }
    return ExitCode.DONE;
  }

  private PrivateKey privateKey() throws IOException {
    if (!Files.isReadable(key)) {
      throw new WrongUseException("cannot read " + key);
    }
    try {
      return Ed25519.privateKey(Files.readString(key));
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(key + ": " + e.getMessage());
    }
  }
}
