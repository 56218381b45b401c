package fovea.inference;

import fovea.modelstore.Manifest;
import fovea.modelstore.StoredModel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A graph to open.
 *
 * @param onnx its file
 * @param sha256 of the file, by which engines built from it are kept; empty: none is kept
 * @param open what goes in, where the graph takes batches of any size
 */
record GraphFile(Path onnx, Optional<String> sha256, Optional<Manifest.Input> open) {

  /** A graph of which nothing is known. */
  static GraphFile of(Path onnx) {
    return new GraphFile(onnx, Optional.empty(), Optional.empty());
  }

  /** A model's graph. */
  static GraphFile of(StoredModel stored, GraphContract contract) {
    return new GraphFile(
        stored.onnx(),
        Optional.of(stored.sha256()),
        Optional.of(contract.input()).filter(input -> !contract.oneByOne()));
  }
}
