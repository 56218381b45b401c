package fovea.inference;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.modelstore.GraphPruning;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A graph that gives one output, on the engine and with the options that Fovea's models have: what
 * evidence costs is measured beside it. Thread-safe; its opener closes it when no call runs.
 */
public final class PlainModel implements AutoCloseable {
  private final Model model;
  private final String output;

  private PlainModel(Model model, String output) {
    this.model = model;
    this.output = output;
  }

  /**
   * A model's own graph with logits alone; what only the rest needs is not computed.
   *
   * @throws ModelRefusedException if the engine does not load it
   */
  public static PlainModel withoutEvidence(InferenceConfig config, StoredModel stored) {
    String logits = Optional.ofNullable(stored.manifest().outputs().get("logits")).orElseThrow();
    OnnxGraph graph = OnnxGraph.read(stored.read(StoredModel.ONNX));
    byte[] pruned = GraphPruning.keep(graph, Set.of(logits)).bytes();
    try {
      Path file = Files.createTempFile("fovea-plain-", ".onnx");
      try {
        Files.write(file, pruned);
        return new PlainModel(new OnnxEngine(config).load(file).model(), logits);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
  }

  /**
   * Any other graph and its first output: for instance that of which a model was made.
   *
   * @throws ModelRefusedException if the engine does not load it
   */
  public static PlainModel of(InferenceConfig config, Path onnx) throws IOException {
    OnnxGraph graph = OnnxGraph.read(Files.readAllBytes(onnx));
    String first = graph.outputs().getFirst().name();
    return new PlainModel(new OnnxEngine(config).load(onnx).model(), first);
  }

  /**
   * Runs a batch on the calling thread and copies its output out once, as Fovea does.
   *
   * @return row-major
   * @throws InferenceException if the engine failed
   */
  public float[] run(ImageBatch batch) {
    try (NDManager call = model.getNDManager().newSubManager()) {
      Shape shape = new Shape(batch.count(), batch.channels(), batch.height(), batch.width());
      NDArray input = call.create(batch.bytes(), shape, DataType.FLOAT32);
      NDList outputs =
          model.getBlock().forward(new ParameterStore(call, false), new NDList(input), false);
      return new NamedOutputs(outputs).floats(output);
    } catch (EngineException e) {
      throw new InferenceException("the engine failed on a batch of " + batch.count(), e);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
