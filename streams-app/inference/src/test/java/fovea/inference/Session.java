package fovea.inference;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs a graph by its engine, whatever it gives and whether or not anyone would accept it. */
final class Session implements AutoCloseable {
  private final Model model;

  /** What one run gave, by the graph's names. */
  record Result(Map<String, float[]> values) {
    float[] get(@Nullable String name) {
      return Objects.requireNonNull(values.get(String.valueOf(name)), "no output " + name);
    }
  }

  Session(byte[] graph) {
    try {
      Path file = Files.createTempFile("fovea-session-", ".onnx");
      try {
        Files.write(file, graph);
        this.model = new OnnxEngine(InferenceConfig.defaults()).load(file).model();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every output as floats, row-major. */
  Result run(float[] input, long... shape) {
    try (NDManager call = model.getNDManager().newSubManager()) {
      NDArray given = call.create(FloatBuffer.wrap(input), new Shape(shape));
      NDList outputs =
          model.getBlock().forward(new ParameterStore(call, false), new NDList(given), false);
      Map<String, float[]> out = new TreeMap<>();
      outputs.forEach(output -> out.put(output.getName(), output.toFloatArray()));
      return new Result(out);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
