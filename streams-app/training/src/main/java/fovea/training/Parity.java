package fovea.training;

import fovea.core.inference.Outputs;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.ParityVectors.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** The vectors by which other engines are held against the one that trained a net. */
final class Parity {
  private Parity() {}

  static ParityVectors of(NetSpec spec, List<Example> examples, List<Outputs> outputs) {
    int n = examples.size();
    FloatBuffer input = FloatBuffer.allocate(n * examples.getFirst().size());
    FloatBuffer logits = FloatBuffer.allocate(n * spec.labels());
    FloatBuffer evidence = FloatBuffer.allocate(n * spec.labels() * spec.grid() * spec.grid());
    for (int i = 0; i < n; i++) {
      examples.get(i).write(input);
      logits.put(outputs.get(i).logits());
      for (int l = 0; l < spec.labels(); l++) {
        evidence.put(outputs.get(i).evidence(l));
      }
    }
    return new ParityVectors(
        tensor(input, n, spec.channels(), spec.side(), spec.side()),
        tensor(logits, n, spec.labels()),
        tensor(evidence, n, spec.labels(), spec.grid(), spec.grid()));
  }

  private static Tensor tensor(FloatBuffer values, long... shape) {
    return new Tensor(Arrays.stream(shape).boxed().toList(), values.array());
  }
}
