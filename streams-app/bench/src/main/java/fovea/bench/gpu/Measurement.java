package fovea.bench.gpu;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.inference.BareSession;
import fovea.inference.InferenceConfig;
import fovea.inference.Loading;
import fovea.inference.ModelLoader;
import fovea.inference.ParityResult;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Rates of every model in a store on one engine after the other. Thread-confined. */
final class Measurement {
  private static final int WARM_UP = 5;
  private static final int LEAST_RUNS = 8;
  private static final int ROUNDS = 3;

  private final ModelStore store;
  private final List<Integer> batches;
  private final int images;
  private final List<String> rows = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private boolean refused;

  Measurement(ModelStore store, List<Integer> batches, int images) {
    this.store = store;
    this.batches = batches;
    this.images = images;
  }

  /** Every model of the store, on this engine. */
  void add(InferenceConfig config) throws IOException {
    for (ModelRef ref : store.list()) {
      StoredModel stored = store.open(ref.id(), ref.version());
      String name =
          "%s | %s %s"
              .formatted(ref, config.providers().getFirst().label(), config.precision().label());
      long start = System.nanoTime();
      switch (new ModelLoader(config).load(stored)) {
        case Loading.Ready ready -> measure(name, config, ready, (System.nanoTime() - start) / 1e9);
        case Loading.Refused no -> {
          refused = true;
          findings.add(name + ": refused: " + no.reason());
        }
      }
    }
  }

  boolean refused() {
    return refused;
  }

  void print() {
    System.out.println("| model | engine | batch | bare images/s | Fovea images/s | ratio |");
    System.out.println("|---|---|---|---|---|---|");
    rows.forEach(System.out::println);
    System.out.println();
    findings.forEach(finding -> System.out.println("- " + finding));
    System.out.println();
  }

  private void measure(String name, InferenceConfig config, Loading.Ready ready, double seconds) {
    String parity = ready.parity().map(ParityResult::text).orElse("the reference itself");
    findings.add("%s: loaded in %.1f s; parity: %s".formatted(name, seconds, parity));
    Manifest.Input input = ready.model().manifest().input();
    try (Classifier classifier = ready.classifier();
        BareSession bare = BareSession.open(config, ready.model())) {
      for (int size : batches) {
        ImageBatch batch = noise(size, input);
        double plain = 0;
        double whole = 0;
        // The better of a few interleaved rounds of each: a GPU's clock needs a while to rise.
        for (int round = 0; round < ROUNDS; round++) {
          plain = Math.max(plain, rate(batch, bare::run));
          whole =
              Math.max(
                  whole, rate(batch, b -> classifier.classify(b).toCompletableFuture().join()));
        }
        rows.add(
            "| %s | %d | %.0f | %.0f | %.2f |".formatted(name, size, plain, whole, whole / plain));
      }
    }
  }

  private double rate(ImageBatch batch, Consumer<ImageBatch> run) {
    for (int i = 0; i < WARM_UP; i++) {
      run.accept(batch);
    }
    int runs = Math.max(LEAST_RUNS, images / batch.count());
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      run.accept(batch);
    }
    return 1e9 * runs * batch.count() / (System.nanoTime() - start);
  }

  private static ImageBatch noise(int count, Manifest.Input input) {
    ImageBatch batch = new ImageBatch(count, input.channels(), input.height(), input.width());
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      FloatBuffer into = batch.image(i);
      while (into.hasRemaining()) {
        into.put(random.nextFloat());
      }
    }
    return batch;
  }
}
