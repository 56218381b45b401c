package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** The CPU's outputs as another engine in fp16 might give them. */
record SimulatedEngine(Classifier cpu, UnaryOperator<Outputs> change) implements Classifier {

  /** An engine room of such engines. */
  static EngineRoom room(UnaryOperator<Outputs> change) {
    OnnxEngine cpu = new OnnxEngine(InferenceConfig.defaults());
    return (graph, contract) -> new SimulatedEngine(cpu.open(graph, contract), change);
  }

  @Override
  public EngineReport engine() {
    return new EngineReport("TensorRT", "TensorRT", "fp16", "1", List.of());
  }

  @Override
  public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
    return cpu.classify(batch).thenApply(images -> images.stream().map(change).toList());
  }

  @Override
  public void close() {
    cpu.close();
  }

  /** Every number rounded to half precision, as if it had been computed in it. */
  static Outputs halved(Outputs outputs) {
    float[] logits = outputs.logits();
    for (int i = 0; i < logits.length; i++) {
      logits[i] = half(logits[i]);
    }
    float[] evidence = evidence(outputs);
    for (int i = 0; i < evidence.length; i++) {
      evidence[i] = half(evidence[i]);
    }
    return with(outputs, logits, evidence);
  }

  /** The same logits, and of every map the same cells at other places. */
  static Outputs shuffled(Outputs outputs) {
    int cells = outputs.gridHeight() * outputs.gridWidth();
    float[] evidence = evidence(outputs);
    float[] out = new float[evidence.length];
    for (int i = 0; i < out.length; i++) {
      int label = i / cells;
      out[i] = evidence[label * cells + (i * 7 + 3) % cells];
    }
    return with(outputs, outputs.logits(), out);
  }

  /** The strongest cell of every map weaker by a share of itself, its mean put back on the next. */
  static UnaryOperator<Outputs> weakened(float share) {
    return outputs -> {
      int cells = outputs.gridHeight() * outputs.gridWidth();
      float[] evidence = evidence(outputs);
      for (int label = 0; label < outputs.labels(); label++) {
        int strongest = label * cells;
        for (int i = strongest; i < (label + 1) * cells; i++) {
          strongest = evidence[i] > evidence[strongest] ? i : strongest;
        }
        int other = label * cells + (strongest + 1) % cells;
        float moved = share * evidence[strongest];
        evidence[strongest] -= moved;
        evidence[other] += moved;
      }
      return with(outputs, outputs.logits(), evidence);
    };
  }

  /** The same maps with logits that are off. */
  static UnaryOperator<Outputs> off(float by) {
    return outputs -> {
      float[] logits = outputs.logits();
      for (int i = 0; i < logits.length; i++) {
        logits[i] += by;
      }
      return with(outputs, logits, evidence(outputs));
    };
  }

  private static Outputs with(Outputs of, float[] logits, float[] evidence) {
    float[] offset = new float[of.labels()];
    for (int i = 0; i < offset.length; i++) {
      offset[i] = of.offset(i);
    }
    return new Outputs(logits, evidence, offset, of.gridHeight(), of.gridWidth());
  }

  private static float[] evidence(Outputs outputs) {
    return Acceptance.evidence(List.of(outputs));
  }

  private static float half(float value) {
    return Float.float16ToFloat(Float.floatToFloat16(value));
  }
}
