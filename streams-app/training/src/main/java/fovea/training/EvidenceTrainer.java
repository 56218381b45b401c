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
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import fovea.core.explainer.LabelGrids;
import fovea.core.inference.Outputs;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Trains one net with DJL's PyTorch engine. Thread-confined, but for one thread of its own that
 * prepares the next batch; holds native memory until closed.
 */
final class EvidenceTrainer implements AutoCloseable {
  private static final String ENGINE = "PyTorch";
  private static final int CHUNK = 64;

  /** More than there are epochs in a training, and batches in an epoch. */
  private static final long EPOCHS = 1_000_003;

  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final NetSpec spec;
  private final Plan plan;
  private final Model model;
  private final NetBlock block;
  private final Trainer trainer;
  private final Adam adam;
  private final Augmentation augmentation;
  private final Objective objective;
  private final ExecutorService ahead = Executors.newSingleThreadExecutor();

  EvidenceTrainer(NetSpec spec, Plan plan, int examples, Lesson lesson) {
    this.spec = spec;
    this.plan = plan;
    this.augmentation = lesson.augmentation();
    this.objective = lesson.objective();
    Engine.getEngine(ENGINE).setRandomSeed((int) plan.seed());
    this.block = NetBlock.of(spec, momentum(examples / plan.batch()));
    this.model = Model.newInstance("evidence", Device.cpu(), ENGINE);
    model.setBlock(block);
    int steps = Math.max(1, plan.epochs() * (examples / plan.batch()));
    this.adam =
        new Adam(
            Tracker.cosine()
                .setBaseValue(plan.rate())
                .optFinalValue(plan.rate() / 20)
                .setMaxUpdates(steps)
                .build());
    // The loss is computed here, because it needs both outputs; DJL wants one all the same.
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.l2Loss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(adam));
    trainer.initialize(new Shape(plan.batch(), spec.channels(), spec.side(), spec.side()));
  }

  /** Running means follow about an epoch: fewer batches would leave them where they began. */
  private static float momentum(int steps) {
    return Math.clamp(1 - 1f / Math.max(1, steps), 0.8f, 0.99f);
  }

  /** State of the optimiser, by parameter: a copy. */
  Checkpoint.Optimised optimised() {
    Map<String, float[]> first = new HashMap<>();
    Map<String, float[]> second = new HashMap<>();
    int steps = 0;
    for (Pair<String, Parameter> p : block.getParameters()) {
      Adam.Moments moments = adam.moments(p.getValue().getId(), p.getValue().getArray());
      if (moments.steps() > 0) {
        first.put(p.getKey(), moments.first());
        second.put(p.getKey(), moments.second());
        steps = moments.steps();
      }
    }
    return new Checkpoint.Optimised(first, second, steps);
  }

  /** Goes on where another training of the same net and plan was interrupted. */
  void resume(Checkpoint checkpoint) {
    restore(checkpoint.weights());
    Checkpoint.Optimised kept = checkpoint.optimised();
    for (Pair<String, Parameter> p : block.getParameters()) {
      float[] first = kept.first().get(p.getKey());
      float[] second = kept.second().get(p.getKey());
      if (first != null && second != null) {
        adam.restore(
            p.getValue().getId(),
            p.getValue().getArray(),
            new Adam.Moments(first, second, kept.steps()));
      }
    }
  }

  /**
   * One pass over the examples in a new order; the mean objective. Order and changes are a function
   * of the seed and the epoch's number.
   */
  double epoch(int number, List<Example> examples, BiConsumer<Integer, Double> progress) {
    List<Example> shuffled = new ArrayList<>(examples);
    Collections.shuffle(shuffled, new Random(plan.seed() * EPOCHS + number));
    int steps = Math.max(1, shuffled.size() / plan.batch());
    double sum = 0;
    Batch batch = batch(shuffled, number, 0);
    for (int step = 0; step < steps; step++) {
      int next = Math.min(step + 1, steps - 1);
      Future<Batch> following = ahead.submit(() -> batch(shuffled, number, next));
      sum += step(batch);
      progress.accept((step + 1) * 100 / steps, sum / (step + 1));
      batch = taken(following);
    }
    return sum / steps;
  }

  private record Batch(List<Example> examples, FloatBuffer tensor) {}

  private Batch batch(List<Example> shuffled, int epoch, int step) {
    int from = step * plan.batch();
    List<Example> examples = shuffled.subList(from, Math.min(from + plan.batch(), shuffled.size()));
    FloatBuffer tensor = FloatBuffer.allocate(examples.size() * examples.getFirst().size());
    long seed = (plan.seed() * EPOCHS + epoch) * EPOCHS + from;
    for (int i = 0; i < examples.size(); i++) {
      augmentation.write(examples.get(i), RANDOM.create(seed + i), tensor);
    }
    return new Batch(examples, tensor.flip());
  }

  private static Batch taken(Future<Batch> following) {
    try {
      return following.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the training was interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch could not be prepared", e.getCause());
    }
  }

  private double step(Batch batch) {
    double value;
    try (NDManager scope = trainer.getManager().newSubManager();
        GradientCollector gradients = trainer.newGradientCollector()) {
      NDArray input = tensor(scope, batch.tensor(), batch.examples().size());
      NDList out = trainer.forward(new NDList(input));
      NDArray loss = objective.of(out, truth(scope, batch.examples()));
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
        NDArray loss = objective.of(forward(scope, chunk), truth(scope, chunk));
        sum += chunk.size() * loss.getFloat();
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

  /** The lesions' activation maps of each example, of a net that has them. */
  List<LabelGrids> lesions(List<Example> examples) {
    List<LabelGrids> out = new ArrayList<>(examples.size());
    int maps = spec.labels() - 1;
    int size = maps * spec.grid() * spec.grid();
    for (List<Example> chunk : chunks(examples)) {
      try (NDManager scope = trainer.getManager().newSubManager()) {
        float[] values = forward(scope, chunk).get(LesionBlock.LESIONS).toFloatArray();
        for (int i = 0; i < values.length; i += size) {
          out.add(
              new LabelGrids(
                  Arrays.copyOfRange(values, i, i + size), maps, spec.grid(), spec.grid()));
        }
      }
    }
    return out;
  }

  /** What the net says of {@code count} images, N×C×H×W. */
  List<Outputs> predict(FloatBuffer images, int count) {
    List<Outputs> out = new ArrayList<>(count);
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDList result = trainer.evaluate(new NDList(tensor(scope, images, count)));
      split(result.get(0).toFloatArray(), result.get(1).toFloatArray(), out);
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
    return scope.create(values, new Shape(count, spec.channels(), spec.side(), spec.side()));
  }

  private NDArray truth(NDManager scope, List<Example> batch) {
    int labels = spec.labels();
    float[] out = new float[batch.size() * labels];
    for (int i = 0; i < out.length; i++) {
      out[i] = batch.get(i / labels).shows(i % labels) ? 1 : 0;
    }
    return scope.create(out, new Shape(batch.size(), labels));
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
  PortableNet folded() {
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
    ahead.shutdownNow();
    adam.close();
    trainer.close();
    model.close();
  }
}
