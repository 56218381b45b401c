package fovea.modelstore;

import fovea.modelstore.Manifest.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes a version into a store: all of it or nothing.
 *
 * <p>Files are written beside the target, the manifest with their digests last, and the folder is
 * then moved to its name, so that a reader never sees half a model. A version that stands is never
 * touched. Thread-safe; the first of two writers of one version wins, the other is refused.
 */
public final class ModelWriter {
  private final ModelStore store;

  public ModelWriter(ModelStore store) {
    this.store = store;
  }

  /**
   * Writes the version that {@code manifest} names, and verifies it by opening it.
   *
   * @param manifest its {@code files} are replaced by the digests of what is written
   * @param files content by name, {@code model.onnx} among them, without the manifest
   * @throws ModelRefusedException if the version exists, or the result would not open
   */
  public StoredModel write(Manifest manifest, Map<String, byte[]> files) {
    files.keySet().forEach(FileName::check);
    Path target = store.directory().resolve(manifest.id()).resolve(manifest.version());
    if (Files.exists(target)) {
      throw exists(manifest);
    }
    try {
      Files.createDirectories(target.getParent());
      // The leading dot keeps the unfinished folder out of every listing.
      Path draft = target.resolveSibling(".draft-" + UUID.randomUUID());
      try {
        ModelStore.verify(fill(Files.createDirectory(draft), manifest, files));
        move(draft, target, manifest);
      } finally {
        delete(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write model to " + target, e);
    }
    return store.open(manifest.id(), manifest.version());
  }

  /**
   * Removes a version, whole or broken: out of every listing first, then from the disk.
   *
   * @throws ModelRefusedException if there is none
   */
  public void remove(ModelRef ref) {
    Path folder = store.directory().resolve(ref.id()).resolve(ref.version());
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new ModelRefusedException("no model " + ref + " in " + store.directory());
    }
    Path going = folder.resolveSibling(".removed-" + UUID.randomUUID());
    try {
      Files.move(folder, going, StandardCopyOption.ATOMIC_MOVE);
      delete(going);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove model " + ref, e);
    }
  }

  private static StoredModel fill(Path draft, Manifest manifest, Map<String, byte[]> files)
      throws IOException {
    Map<String, FileDigest> digests = new LinkedHashMap<>();
    for (var file : files.entrySet()) {
      Path path = draft.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
      digests.put(file.getKey(), Digests.of(file.getValue()));
    }
    Manifest complete = manifest.withFiles(digests);
    Files.write(draft.resolve(StoredModel.MANIFEST), ManifestJson.write(complete));
    return new StoredModel(complete, draft);
  }

  private static void move(Path draft, Path target, Manifest manifest) throws IOException {
    try {
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      throw exists(manifest);
    }
  }

  private static ModelRefusedException exists(Manifest manifest) {
    return new ModelRefusedException(
        "version exists: " + new ModelRef(manifest.id(), manifest.version()));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
