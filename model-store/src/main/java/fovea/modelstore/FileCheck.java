package fovea.modelstore;

import fovea.modelstore.Manifest.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A model's files held against its manifest: sizes first, because they cost nothing. */
final class FileCheck {
  /** ONNX is protobuf, whose messages end at 2 GiB. */
  static final long MAX_FILE_BYTES = Integer.MAX_VALUE;

  static final long MAX_MANIFEST_BYTES = 1 << 20;
  static final int MAX_FILES = 1000;

  private FileCheck() {}

  static void all(Path directory, Manifest manifest) throws IOException {
    Map<String, FileDigest> files = new TreeMap<>(manifest.files());
    if (files.size() > MAX_FILES) {
      throw new ModelRefusedException(files.size() + " files, the limit is " + MAX_FILES);
    }
    for (var entry : files.entrySet()) {
      Path file = FileName.resolve(directory, entry.getKey());
      size(entry.getKey(), Files.size(file), entry.getValue());
    }
    for (var entry : files.entrySet()) {
      Path file = FileName.resolve(directory, entry.getKey());
      same(entry.getKey(), Digests.of(file), entry.getValue());
    }
  }

  static void size(String name, long bytes, FileDigest expected) {
    if (bytes > MAX_FILE_BYTES) {
      throw new ModelRefusedException(
          "%s has %d bytes, the limit is %d".formatted(name, bytes, MAX_FILE_BYTES));
    }
    if (bytes != expected.bytes()) {
      throw new ModelRefusedException(
          "%s has %d bytes, the manifest says %d".formatted(name, bytes, expected.bytes()));
    }
  }

  static void same(String name, FileDigest found, FileDigest expected) {
    if (!found.equals(expected)) {
      throw new ModelRefusedException(
          "SHA-256 of %s is %s, the manifest says %s"
              .formatted(name, found.sha256(), expected.sha256()));
    }
  }
}
