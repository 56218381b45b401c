package fovea.modelstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names of files in a manifest: relative, '/' between plain parts, and never out of the folder. */
final class FileName {
  private static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  private FileName() {}

  /** Refuses a name that is not such a name. */
  static void check(String name) {
    if (!name.matches(PART + "(/" + PART + "){0,3}")) {
      throw new ModelRefusedException(
          "the manifest names a file outside the model's folder or oddly: '" + name + "'");
    }
  }

  /** The real path of an existing plain file below {@code directory}, symbolic links followed. */
  static Path resolve(Path directory, String name) throws IOException {
    check(name);
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new ModelRefusedException("missing file: " + name);
    }
    Path real = file.toRealPath();
    if (!real.startsWith(directory.toRealPath())) {
      throw new ModelRefusedException("a link leads out of the model's folder: " + name);
    }
    return real;
  }
}
