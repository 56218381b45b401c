package fovea.inference;

import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ModelWriter;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.ParityVectors.Tensor;
import fovea.modelstore.StoredModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small models in a store. */
final class WrittenModel {
  private WrittenModel() {}

  /** Of two sigmoid labels, any number of images at once. */
  static StoredModel sigmoid(Path folder) {
    return write(
        folder,
        Graphs.manifest("m", Link.SIGMOID, List.of(0.5f, -1.25f)),
        Graphs.net(OnnxGraph.FREE));
  }

  static StoredModel write(Path folder, Manifest manifest, byte[] graph) {
    Map<String, byte[]> files = new LinkedHashMap<>(parity(folder, manifest, graph));
    files.put("model.onnx", graph);
    return new ModelWriter(ModelStore.at(folder)).write(manifest, files);
  }

  /** Vectors as the graph itself gives them; of zeros where it cannot be run. */
  static Map<String, byte[]> parity(Path folder, Manifest manifest, byte[] graph) {
    ImageBatch batch = new SeededImages(Graphs.input()).batch(2);
    float[] input = new float[2 * 3 * 16 * 16];
    batch.bytes().asFloatBuffer().get(input);
    Tensor in = new Tensor(List.of(2L, 3L, 16L, 16L), input);
    List<Outputs> outputs = Probe.outputs(folder, manifest, graph, batch);
    return new ParityVectors(
            in,
            new Tensor(List.of(2L, 2L), Arrays.copyOf(Acceptance.logits(outputs), 4)),
            new Tensor(List.of(2L, 2L, 4L, 4L), Arrays.copyOf(Acceptance.evidence(outputs), 64)))
        .files();
  }
}
