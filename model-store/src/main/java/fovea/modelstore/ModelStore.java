package fovea.modelstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of models: {@code <id>/<version>/manifest.json} and what it lists.
 *
 * <p>Thread-safe and without a cache: every call reads the folder. What a manifest names outside
 * its own folder, by path or by link, is refused.
 */
public final class ModelStore {
  private final Path directory;
  private final List<PublicKey> signers;

  private ModelStore(Path directory, List<PublicKey> signers) {
    this.directory = directory;
    this.signers = List.copyOf(signers);
  }

  /** The store in this folder, which holds a folder per id; one that is absent is empty. */
  public static ModelStore at(Path directory) {
    return new ModelStore(directory.toAbsolutePath().normalize(), List.of());
  }

  /** The same store, which opens only what one of these keys signed; without keys, everything. */
  public ModelStore signedBy(List<PublicKey> keys) {
    return new ModelStore(directory, keys);
  }

  /** The folder. */
  public Path directory() {
    return directory;
  }

  /** Every id and version that has a manifest, in order; nothing of it is verified. */
  public List<ModelRef> list() {
    List<ModelRef> found = new ArrayList<>();
    for (String id : folders(directory)) {
      for (String version : folders(directory.resolve(id))) {
        if (Files.isRegularFile(folder(id, version).resolve(StoredModel.MANIFEST))) {
          found.add(new ModelRef(id, version));
        }
      }
    }
    return found.stream().sorted().toList();
  }

  /** The version of {@code id} that comes last: 10 follows 9. */
  public Optional<ModelRef> newest(String id) {
    return list().stream().filter(ref -> ref.id().equals(id)).max(ModelRef::compareTo);
  }

  /**
   * The model, after size and SHA-256 of every file were verified: costs a read of all of them.
   *
   * @throws ModelRefusedException with the reason
   * @throws UncheckedIOException if the disk fails
   */
  public StoredModel open(String id, String version) {
    ModelRef ref = ref(id, version);
    try {
      return open(ref);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read model " + ref, e);
    }
  }

  private static ModelRef ref(String id, String version) {
    try {
      return new ModelRef(id, version);
    } catch (IllegalArgumentException e) {
      throw ModelRefusedException.because(e);
    }
  }

  private StoredModel open(ModelRef ref) throws IOException {
    Path folder = folder(ref.id(), ref.version());
    if (!Files.isDirectory(folder)) {
      throw new ModelRefusedException("no model " + ref + " in " + directory);
    }
    if (!folder.toRealPath().startsWith(directory.toRealPath())) {
      throw new ModelRefusedException("a link leads out of the model store: " + ref);
    }
    StoredModel model = new StoredModel(manifest(folder), folder);
    if (!model.ref().equals(ref)) {
      throw new ModelRefusedException(
          "the manifest in folder %s is of %s".formatted(ref, model.ref()));
    }
    verify(model);
    return model;
  }

  private Manifest manifest(Path folder) throws IOException {
    Path file = FileName.resolve(folder, StoredModel.MANIFEST);
    if (Files.size(file) > FileCheck.MAX_MANIFEST_BYTES) {
      throw new ModelRefusedException(
          "manifest.json has %d bytes, the limit is %d"
              .formatted(Files.size(file), FileCheck.MAX_MANIFEST_BYTES));
    }
    byte[] content = Files.readAllBytes(file);
    if (!signers.isEmpty()) {
      ModelSignature.require(folder, content, signers);
    }
    return ManifestJson.read(content);
  }

  /** A file that nobody digested must not be used, so what will be used must be listed. */
  static void verify(StoredModel model) throws IOException {
    FileCheck.all(model.directory(), model.manifest());
    model.digest(StoredModel.ONNX);
    model
        .template()
        .filter(template -> !Floats.finite(template))
        .ifPresent(
            template -> {
              throw new ModelRefusedException("the template holds a value that is no number");
            });
  }

  private Path folder(String id, String version) {
    return directory.resolve(id).resolve(version);
  }

  private static List<String> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> child.getFileName().toString())
          .filter(ModelRef::valid)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + parent, e);
    }
  }
}
