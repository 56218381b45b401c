package fovea.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSerdeTest extends ConfluentSerdeContract {
  @TempDir private static Path directory;
  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() throws IOException {
    registry = EmbeddedRegistry.start(directory, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    registry.close();
  }

  @Override
  URI url() {
    return registry.url();
  }
}
