package fovea.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import fovea.core.inference.Outputs;
import fovea.core.phantom.Lesion;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.random.RandomGeneratorFactory;

/**
 * Trains one net with DJL's PyTorch engine: binary cross-entropy with logits, and an L1 penalty on
 * the maps. Thread-confined; holds native memory until closed.
 */
final class EvidenceTrainer implements AutoCloseable {
  private static final String ENGINE = "PyTorch";
  private static final int CHUNK = 64;

  private final NetSpec spec;
  private final Plan plan;
  private final Model model;
  private final EvidenceBlock block;
  private final Trainer trainer;
  private final Jitter jitter;
  private final Random order;

  EvidenceTrainer(NetSpec spec, Plan plan, int examples) {
    this.spec = spec;
    this.plan = plan;
    Engine.getEngine(ENGINE).setRandomSeed((int) plan.seed());
    this.block = new EvidenceBlock(spec);
    this.model = Model.newInstance("evidence", Device.cpu(), ENGINE);
    model.setBlock(block);
    int steps = Math.max(1, plan.epochs() * (examples / plan.batch()));
    // The loss is computed here, because it needs both outputs; DJL wants one all the same.
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.l2Loss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(
                    Optimizer.adam()
                        .optLearningRateTracker(
                            Tracker.cosine()
                                .setBaseValue(plan.rate())
                                .optFinalValue(plan.rate() / 20)
                                .setMaxUpdates(steps)
                                .build())
                        .build()));
    trainer.initialize(new Shape(plan.batch(), NetSpec.CHANNELS, spec.side(), spec.side()));
    this.jitter =
        new Jitter(RandomGeneratorFactory.of("L64X128MixRandom").create(plan.seed()), spec.side());
    this.order = new Random(plan.seed());
  }

  /** One pass over the examples in a new order; the mean objective. */
  double epoch(List<Example> examples, BiConsumer<Integer, Double> progress) {
    List<Example> shuffled = new ArrayList<>(examples);
    Collections.shuffle(shuffled, order);
    int steps = Math.max(1, shuffled.size() / plan.batch());
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      int from = step * plan.batch();
      sum += step(shuffled.subList(from, Math.min(from + plan.batch(), shuffled.size())));
      progress.accept((step + 1) * 100 / steps, sum / (step + 1));
    }
    return sum / steps;
  }

  private double step(List<Example> batch) {
    FloatBuffer tensor = FloatBuffer.allocate(batch.size() * batch.getFirst().size());
    batch.forEach(e -> jitter.write(e, tensor));
    double value;
    try (NDManager scope = trainer.getManager().newSubManager();
        GradientCollector gradients = trainer.newGradientCollector()) {
      NDList out = trainer.forward(new NDList(tensor(scope, tensor.flip(), batch.size())));
      NDArray loss = objective(out, truth(scope, batch));
      gradients.backward(loss);
      value = loss.getFloat();
    }
    trainer.step();
    return value;
  }

  /** The objective without jitter, over all examples. */
  double objective(List<Example> examples) {
    double sum = 0;
    for (List<Example> chunk : chunks(examples)) {
      try (NDManager scope = trainer.getManager().newSubManager()) {
        sum += chunk.size() * objective(forward(scope, chunk), truth(scope, chunk)).getFloat();
      }
    }
    return sum / examples.size();
  }

  /** What the net says of each example. */
  List<Outputs> predict(List<Example> examples) {
    List<Outputs> out = new ArrayList<>(examples.size());
    for (List<Example> chunk : chunks(examples)) {
      try (NDManager scope = trainer.getManager().newSubManager()) {
        NDList result = forward(scope, chunk);
        split(result.get(0).toFloatArray(), result.get(1).toFloatArray(), out);
      }
    }
    return out;
  }

  private void split(float[] logits, float[] evidence, List<Outputs> into) {
    float[] offset = folded().offsets();
    int labels = spec.labels();
    int maps = labels * spec.grid() * spec.grid();
    for (int i = 0; i < logits.length / labels; i++) {
      into.add(
          new Outputs(
              Arrays.copyOfRange(logits, i * labels, (i + 1) * labels),
              Arrays.copyOfRange(evidence, i * maps, (i + 1) * maps),
              offset,
              spec.grid(),
              spec.grid()));
    }
  }

  private NDList forward(NDManager scope, List<Example> chunk) {
    FloatBuffer tensor = FloatBuffer.allocate(chunk.size() * chunk.getFirst().size());
    chunk.forEach(e -> e.write(tensor));
    return trainer.evaluate(new NDList(tensor(scope, tensor.flip(), chunk.size())));
  }

  private NDArray tensor(NDManager scope, FloatBuffer values, int count) {
    return scope.create(values, new Shape(count, NetSpec.CHANNELS, spec.side(), spec.side()));
  }

  private NDArray truth(NDManager scope, List<Example> batch) {
    Lesion[] labels = Lesion.values();
    float[] out = new float[batch.size() * labels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = batch.get(i / labels.length).shows(labels[i % labels.length]) ? 1 : 0;
    }
    return scope.create(out, new Shape(batch.size(), labels.length));
  }

  /**
   * Cross-entropy of the logits, and of what the strongest cell alone would say: the mean over many
   * cells learns where to look only slowly, the strongest cell at once. Maps are kept sparse, above
   * all where the label is absent: there nothing in the image may speak for it.
   */
  private NDArray objective(NDList out, NDArray truth) {
    NDArray evidence = out.get(1);
    long cells = (long) spec.grid() * spec.grid();
    NDArray strongest =
        evidence
            .reshape(truth.getShape().get(0), spec.labels(), cells)
            .max(new int[] {2})
            .div(EvidenceBlock.gain(spec))
            .add(out.get(2));
    NDArray absent = truth.neg().add(1).reshape(truth.getShape().get(0), spec.labels(), 1, 1);
    return entropy(out.get(0), truth)
        .add(entropy(strongest, truth).mul(plan.weights().guidance()))
        .add(evidence.abs().mean().mul(plan.weights().sparsity()))
        .add(evidence.maximum(0).mul(absent).mean().mul(plan.weights().restraint()));
  }

  /** max(x,0) − x·y + log(1 + e^−|x|) does not overflow. */
  private static NDArray entropy(NDArray x, NDArray truth) {
    return x.maximum(0).sub(x.mul(truth)).add(x.abs().neg().exp().add(1).log()).mean();
  }

  /** A copy of all weights, to come back to. */
  Map<String, float[]> weights() {
    Map<String, float[]> out = new HashMap<>();
    for (Pair<String, Parameter> p : block.getParameters()) {
      out.put(p.getKey(), p.getValue().getArray().toFloatArray());
    }
    return out;
  }

  void restore(Map<String, float[]> weights) {
    for (Pair<String, Parameter> p : block.getParameters()) {
      float[] values = weights.get(p.getKey());
      if (values != null) {
        p.getValue().getArray().set(values);
      }
    }
  }

  /** The weights as shipped. */
  FoldedNet folded() {
    return block.folded();
  }

  private static List<List<Example>> chunks(List<Example> examples) {
    List<List<Example>> out = new ArrayList<>();
    for (int i = 0; i < examples.size(); i += CHUNK) {
      out.add(examples.subList(i, Math.min(i + CHUNK, examples.size())));
    }
    return out;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
