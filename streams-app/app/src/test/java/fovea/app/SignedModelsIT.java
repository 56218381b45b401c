package fovea.app;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.app.wiring.EmbeddedServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code models.require-signature}, from the command line. */
class SignedModelsIT {
  private static final String MODEL = "fundus-phantom";
  private static final int IMAGES = 6;

  @TempDir private Path folder;

  private Path store;

  @BeforeEach
  void copyTheModel() throws IOException {
    store = folder.resolve("store");
    Path from = Path.of(System.getProperty("fovea.root", "../.."), "model-store/models", MODEL);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = store.resolve(MODEL).resolve(from.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  @Test
  void onlyWhatOneOfTheKeysSignedIsServed() throws Exception {
    Path ours = keys("ours");
    keys("stranger");
    try (EmbeddedServices services = EmbeddedServices.start(folder.resolve("data"), 0)) {
      CliResult unsigned = run(services, ours);
      assertThat(unsigned.code()).isEqualTo(3);
      assertThat(unsigned.err())
          .contains(
              "no model can serve", "a signature is required, and there is no manifest.json.sig");

      sign("stranger");
      CliResult wronglySigned = run(services, ours);
      assertThat(wronglySigned.code()).isEqualTo(3);
      assertThat(wronglySigned.err())
          .contains("no model can serve", "by none of the 1 keys that may sign models");

      sign("ours");
      CliResult signed = run(services, ours);
      assertThat(signed.code()).as(signed.err()).isZero();
      assertThat(signed.json().at("/models").toString()).contains(MODEL + "/1");

      Path manifest = store.resolve(MODEL).resolve("1/manifest.json");
      Files.writeString(manifest, Files.readString(manifest).replace("0.5", "0.4"));
      CliResult changed = run(services, ours);
      assertThat(changed.code()).isEqualTo(3);
      assertThat(changed.err()).contains("by none of the 1 keys");

      CliResult noKey = run(services, folder.resolve("nowhere.pub"));
      assertThat(noKey.code()).isEqualTo(3);
      assertThat(noKey.err()).contains("models.require-signature", "nowhere.pub");
    }
  }

  @Test
  void aSignedModelExplainsImages() throws Exception {
    Path ours = keys("ours");
    sign("ours");
    PhantomFolder.write(folder.resolve("phantom"), IMAGES);
    try (RunningFovea fovea =
        RunningFovea.start(
            folder.resolve("data"),
            Map.of(
                "models.store", store.toString(), "models.require-signature", ours.toString()))) {
      CliResult ingest =
          fovea.cli(
              "ingest",
              folder.resolve("phantom").toString(),
              "--labels",
              folder.resolve("phantom/labels.csv").toString(),
              "--site",
              "north",
              "--modality",
              "OP",
              "--wait",
              "--json");

      assertThat(ingest.code()).as(ingest.err()).isZero();
      assertThat(ingest.json().path("explained").asInt()).isEqualTo(IMAGES);
    }
  }

  private CliResult run(EmbeddedServices services, Path key) {
    List<String> args = new ArrayList<>(List.of("run", "--json", "--for", "PT1S"));
    Map.of(
            "kafka.bootstrap.servers", services.bootstrapServers(),
            "registry.url", services.registryUrl().toString(),
            "topics.replication", "1",
            "http.port", "0",
            "state.dir", folder.resolve("data/state").toString(),
            "models.store", store.toString(),
            "models.require-signature", key.toString())
        .forEach((setting, value) -> args.addAll(List.of("--set", setting + "=" + value)));
    return CliResult.run(args.toArray(String[]::new));
  }

  private void sign(String who) {
    CliResult signed =
        CliResult.run(
            "model",
            "sign",
            MODEL,
            "--store",
            store.toString(),
            "--key",
            folder.resolve(who + ".pem").toString());
    assertThat(signed.code()).as(signed.err()).isZero();
  }

  /** Writes both keys of a pair; gives the public one's file. */
  private Path keys(String who) throws GeneralSecurityException, IOException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(folder.resolve(who + ".pem"), pem("PRIVATE KEY", pair.getPrivate()));
    return Files.writeString(folder.resolve(who + ".pub"), pem("PUBLIC KEY", pair.getPublic()));
  }

  private static String pem(String what, Key key) {
    String text = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }
}
