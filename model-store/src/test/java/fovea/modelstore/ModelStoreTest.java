package fovea.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  private static final byte[] GRAPH = "not looked into here".getBytes(UTF_8);
  @TempDir private Path folder;
  private ModelStore store = ModelStore.at(Path.of("."));

  @BeforeEach
  void open() {
    store = ModelStore.at(folder.resolve("models"));
  }

  @Test
  void whatIsWrittenOpens() {
    StoredModel written = write("m", "1");

    StoredModel opened = store.open("m", "1");

    assertThat(opened).isEqualTo(written);
    assertThat(opened.sha256()).isEqualTo(Digests.sha256(GRAPH));
    assertThat(opened.onnx()).hasBinaryContent(GRAPH);
    assertThat(opened.template()).isEmpty();
  }

  @Test
  void nothingButTheVersionIsLeftByWriting() throws IOException {
    write("m", "1");

    try (Stream<Path> children = Files.list(store.directory().resolve("m"))) {
      assertThat(children).extracting(p -> p.getFileName().toString()).containsExactly("1");
    }
  }

  @Test
  void versionsAreOrderedAsNumbers() {
    for (String version : List.of("10", "9", "1.10", "1.9", "1")) {
      write("m", version);
    }
    write("other", "77");

    assertThat(store.list())
        .extracting(ModelRef::toString)
        .containsExactly("m/1", "m/1.9", "m/1.10", "m/9", "m/10", "other/77");
    assertThat(store.newest("m")).contains(new ModelRef("m", "10"));
    assertThat(store.newest("none")).isEmpty();
  }

  @Test
  void absentStoreIsEmpty() {
    assertThat(store.list()).isEmpty();
    assertRefused(() -> store.open("m", "1"), "no model m/1 in");
  }

  @Test
  void standingVersionIsNeverReplaced() {
    write("m", "1");

    assertRefused(() -> write("m", "1"), "version exists: m/1");
    assertThat(store.open("m", "1").onnx()).hasBinaryContent(GRAPH);
  }

  @Test
  void changedByteIsFound() throws IOException {
    Path graph = write("m", "1").onnx();
    byte[] changed = GRAPH.clone();
    changed[3] ^= 1;
    Files.write(graph, changed);

    assertRefused(() -> store.open("m", "1"), "SHA-256 of model.onnx is ");
  }

  @Test
  void changeAfterOpeningIsFoundByTheNextRead() throws IOException {
    StoredModel model = write("m", "1");
    Files.writeString(model.onnx(), "NOT looked into here");

    assertRefused(() -> model.read("model.onnx"), "SHA-256 of model.onnx is ");
  }

  @Test
  void truncatedAndMissingFilesAreTold() throws IOException {
    Path graph = write("m", "1").onnx();

    Files.write(graph, new byte[3]);
    assertRefused(() -> store.open("m", "1"), "model.onnx has 3 bytes, the manifest says 20");

    Files.delete(graph);
    assertRefused(() -> store.open("m", "1"), "missing file: model.onnx");
  }

  @Test
  void pathOutOfTheFolderIsRefused() throws IOException {
    Files.writeString(folder.resolve("secret"), "x");
    for (String name : List.of("../../../secret", "/etc/passwd", "a//b", "..", "a/../b", "")) {
      putFileName(name);

      assertRefused(() -> store.open("m", "1"), "a file outside the model's folder or oddly");
      delete();
    }
  }

  @Test
  void linkOutOfTheFolderIsRefused() throws IOException {
    StoredModel model = write("m", "1");
    Path outside = Files.write(folder.resolve("outside.onnx"), GRAPH);
    Files.delete(model.onnx());
    Files.createSymbolicLink(model.onnx(), outside);

    assertRefused(() -> store.open("m", "1"), "a link leads out of the model's folder: model.onnx");
  }

  @Test
  void linkedVersionOutsideTheStoreIsRefused() throws IOException {
    StoredModel model = write("m", "1");
    Path outside = Files.move(model.directory(), folder.resolve("elsewhere"));
    Files.createSymbolicLink(model.directory(), outside);

    assertRefused(() -> store.open("m", "1"), "a link leads out of the model store: m/1");
  }

  @Test
  void folderOfAnotherNameIsRefused() throws IOException {
    Path written = write("m", "1").directory();
    Files.move(written, written.resolveSibling("2"));

    assertRefused(() -> store.open("m", "2"), "the manifest in folder m/2 is of m/1");
  }

  @Test
  void hugeManifestIsRefusedUnread() throws IOException {
    Path manifest = write("m", "1").directory().resolve("manifest.json");
    Files.write(manifest, new byte[(1 << 20) + 1]);

    assertRefused(() -> store.open("m", "1"), "manifest.json has 1048577 bytes, the limit is");
  }

  @Test
  void oddIdIsRefused() {
    assertRefused(() -> store.open("../m", "1"), "model id must be letters");
  }

  @Test
  void modelWithoutGraphIsRefusedAndLeavesNothing() {
    Manifest manifest = Manifests.of("m", "1");
    ModelWriter writer = new ModelWriter(store);

    assertRefused(
        () -> writer.write(manifest, Map.of("model-card.md", GRAPH)),
        "the manifest lists no file model.onnx");
    assertThat(store.list()).isEmpty();
  }

  @Test
  void templateIsReadAndItsSizeChecked() {
    Manifest manifest = Manifests.withTemplate(Manifests.of("m", "1"), "template.f32");
    float[] template = new float[1024];
    template[5] = 0.25f;
    Map<String, byte[]> files = new HashMap<>(Map.of("model.onnx", GRAPH));
    files.put("template.f32", new byte[8]);
    ModelWriter writer = new ModelWriter(store);

    assertRefused(() -> writer.write(manifest, files), "template.f32 has 8");
    files.put("template.f32", Floats.bytes(template));

    assertThat(writer.write(manifest, files).template().orElseThrow()).isEqualTo(template);
  }

  @Test
  void variantTellsWhatChangesThePicture() {
    Manifest manifest = Manifests.of("m", "1");
    StoredModel model = new StoredModel(manifest, folder);
    StoredModel renamed = new StoredModel(Manifests.of("n", "2"), folder);
    StoredModel framed = new StoredModel(Manifests.withTemplate(manifest, "t.f32"), folder);

    assertThat(model.variant("fp32")).matches("fp32\\.[0-9a-f]{16}");
    assertThat(renamed.variant("fp32")).isEqualTo(model.variant("fp32"));
    assertThat(framed.variant("fp32")).isNotEqualTo(model.variant("fp32"));
    assertThat(framed.explainerHash()).isEqualTo(model.explainerHash()).hasSize(64);
  }

  private StoredModel write(String id, String version) {
    return new ModelWriter(store).write(Manifests.of(id, version), Map.of("model.onnx", GRAPH));
  }

  private void putFileName(String name) throws IOException {
    Manifest manifest =
        Manifests.of("m", "1").withFiles(Map.of(name, new Manifest.FileDigest("0".repeat(64), 1)));
    Path version = Files.createDirectories(store.directory().resolve("m/1"));
    Files.write(version.resolve("manifest.json"), ManifestJson.write(manifest));
  }

  private void delete() throws IOException {
    Files.delete(store.directory().resolve("m/1/manifest.json"));
  }

  private static void assertRefused(ThrowingCallable call, String reason) {
    assertThatThrownBy(call).isInstanceOf(ModelRefusedException.class).hasMessageContaining(reason);
  }
}
