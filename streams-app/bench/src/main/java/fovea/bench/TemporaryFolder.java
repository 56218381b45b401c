package fovea.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the time of a measurement; what is in it goes with it. Thread-confined. */
public final class TemporaryFolder implements AutoCloseable {
  private final Path path;
  private boolean kept;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /** A new one where the system has its temporary files. */
  public static TemporaryFolder create(String prefix) throws IOException {
    return new TemporaryFolder(Files.createTempDirectory(prefix));
  }

  public Path path() {
    return path;
  }

  /** Leaves it where it is, for who wants to see what went wrong. */
  public void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      delete(path);
    }
  }

  /** Deletes a folder that nothing writes to any more. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
