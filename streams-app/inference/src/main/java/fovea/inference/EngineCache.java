package fovea.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where what TensorRT built is kept, by everything on which it depends: the graph, ONNX Runtime and
 * TensorRT, the GPU, the precision and the batch sizes. Nothing in it is of use elsewhere.
 */
final class EngineCache {
  private final Path root;
  private final String runtime;
  private final String gpu;

  /**
   * The cache of one machine.
   *
   * @param root made when needed
   * @param runtime version of ONNX Runtime
   * @param gpu GPU and TensorRT, in words
   */
  EngineCache(Path root, String runtime, String gpu) {
    this.root = root;
    this.runtime = runtime;
    this.gpu = gpu;
  }

  /** The folder of one graph's engines, which exists then. */
  Path engines(String sha256, Precision precision, String profile) {
    return made(machine().resolve(sha256).resolve(precision.label() + "-" + profile));
  }

  /** The folder of what was timed, for all graphs. */
  Path timings() {
    return made(machine().resolve("timings"));
  }

  private Path machine() {
    return root.toAbsolutePath().resolve(safe("ort-" + runtime + "-" + gpu));
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the engine cache " + folder, e);
    }
  }

  private static String safe(String words) {
    return words.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
