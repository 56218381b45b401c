package fovea.bench;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.inference.InferenceConfig;
import fovea.inference.Loading;
import fovea.inference.ModelLoader;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import fovea.modelstore.StoredModel;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Random;

/**
 * The newest version of a model, loaded as a start would load it. Thread-safe; closing it closes
 * the engine.
 *
 * @param stored where it lies
 * @param classifier ONNX Runtime on the CPU, one thread an inference
 */
public record Served(StoredModel stored, Classifier classifier) implements AutoCloseable {

  /** Loads it; fails where it is not there or refused. */
  public static Served load(Path store, String id) {
    ModelStore models = ModelStore.at(store);
    ModelRef ref =
        models
            .newest(id)
            .orElseThrow(() -> new IllegalStateException("no model " + id + " in " + store));
    StoredModel stored = models.open(ref.id(), ref.version());
    return switch (new ModelLoader(InferenceConfig.defaults()).load(stored)) {
      case Loading.Ready ready -> new Served(stored, ready.classifier());
      case Loading.Refused refused -> throw new IllegalStateException(refused.reason());
    };
  }

  /** Seeded noise of the model's input. */
  public ImageBatch noise(int count) {
    Manifest.Input input = stored.manifest().input();
    ImageBatch batch = new ImageBatch(count, input.channels(), input.height(), input.width());
    Random random = new Random(count);
    FloatBuffer into = batch.bytes().asFloatBuffer();
    while (into.hasRemaining()) {
      into.put(random.nextFloat());
    }
    return batch;
  }

  /** Runs a batch and waits. */
  public void run(ImageBatch batch) {
    classifier.classify(batch).toCompletableFuture().join();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
