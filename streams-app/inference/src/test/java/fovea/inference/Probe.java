package fovea.inference;

import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** Runs a graph that nobody accepted yet. */
final class Probe {
  private Probe() {}

  /** What the graph gives; zeros where it cannot be run at all. */
  static List<Outputs> outputs(Path folder, Manifest manifest, byte[] graph, ImageBatch batch) {
    OnnxEngine engine = new OnnxEngine(InferenceConfig.defaults());
    try {
      GraphContract contract = GraphContract.of(manifest, OnnxGraph.read(graph));
      Path file = Files.write(folder.resolve("probe.onnx"), graph);
      try (var classifier = engine.open(GraphFile.of(file), contract)) {
        return Calls.run(classifier, batch);
      }
    } catch (ModelRefusedException | InferenceException e) {
      Outputs zeros = new Outputs(new float[2], new float[32], new float[2], 4, 4);
      return Collections.nCopies(batch.count(), zeros);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
