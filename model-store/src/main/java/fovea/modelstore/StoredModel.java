package fovea.modelstore;

import fovea.modelstore.Manifest.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model in the store: its manifest, and the folder that holds its files.
 *
 * <p>Immutable; the folder is read anew by every method that reads a file, and every such read is
 * held against the manifest's digest.
 *
 * @param manifest what is said of the model
 * @param directory {@code models/<id>/<version>}
 */
public record StoredModel(Manifest manifest, Path directory) {
  /** The graph's file name. */
  public static final String ONNX = "model.onnx";

  /** The manifest's file name. */
  public static final String MANIFEST = "manifest.json";

  /** Side of the frame's template. */
  public static final int TEMPLATE_SIDE = 32;

  /** Id and version. */
  public ModelRef ref() {
    return new ModelRef(manifest.id(), manifest.version());
  }

  /** The graph's file. */
  public Path onnx() {
    return directory.resolve(ONNX);
  }

  /** SHA-256 of the graph, as the manifest has it: the model's SHA-256 in every record. */
  public String sha256() {
    return digest(ONNX).sha256();
  }

  /** The frame's mean luminance, 32×32, row-major; empty where the frame has none. */
  public Optional<float[]> template() {
    String name = manifest.frame().template();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = read(name);
    if (bytes.length != 4 * TEMPLATE_SIDE * TEMPLATE_SIDE) {
      throw new ModelRefusedException(
          "the template must be 32x32 float32, 4096 bytes: %s has %d"
              .formatted(name, bytes.length));
    }
    return Optional.of(Floats.of(bytes));
  }

  /** The vectors by which an engine is shown to compute what the author's did. */
  public ParityVectors parity() {
    return ParityVectors.read(this::read);
  }

  /**
   * How its further outputs are read; {@link Readings#NONE} where the folder has no such file.
   *
   * @throws ModelRefusedException naming what is wrong in it
   */
  public Readings readings() {
    return manifest.files().containsKey(Readings.FILE)
        ? ReadingsJson.read(read(Readings.FILE))
        : Readings.NONE;
  }

  /** Rows and columns of its maps. */
  public record Grid(int height, int width) {}

  /** The grid of its maps: what a black box is asked on, else what the parity vectors have. */
  public Grid grid() {
    return manifest
        .explainer()
        .probe()
        .map(probe -> new Grid(probe.gridHeight(), probe.gridWidth()))
        .orElseGet(this::shown);
  }

  private Grid shown() {
    ParityVectors vectors = parity();
    if (!vectors.explained()) {
      throw new ModelRefusedException("the parity vectors hold no evidence");
    }
    List<Long> shape = vectors.evidence().shape();
    return new Grid(shape.get(2).intValue(), shape.get(3).intValue());
  }

  /** SHA-256 over the explainer's id, parameters, and how it asks a black box. */
  public String explainerHash() {
    return Digests.sha256(ManifestJson.canonical(ManifestTree.explainer(manifest.explainer())));
  }

  /**
   * The part of an aggregate's key that parts maps which must not meet: the precision, '.', and 16
   * hex digits over explainer, input, thresholds, quantisation and frame.
   */
  public String variant(String precision) {
    byte[] content = ManifestJson.canonical(ManifestTree.variant(manifest));
    return precision + "." + Digests.sha256(content).substring(0, 16);
  }

  /**
   * The bytes of one listed file.
   *
   * @throws ModelRefusedException if it is missing or not what the manifest says
   */
  public byte[] read(String name) {
    FileDigest expected = digest(name);
    try {
      Path file = FileName.resolve(directory, name);
      FileCheck.size(name, Files.size(file), expected);
      byte[] content = Files.readAllBytes(file);
      FileCheck.same(name, Digests.of(content), expected);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " of " + ref(), e);
    }
  }

  FileDigest digest(String name) {
    FileDigest digest = manifest.files().get(name);
    if (digest == null) {
      throw new ModelRefusedException("the manifest lists no file " + name);
    }
    return digest;
  }
}
