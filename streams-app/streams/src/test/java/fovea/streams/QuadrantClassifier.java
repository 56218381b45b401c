package fovea.streams;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A black box whose logits are the mean of the image's upper left quarter, a multiple of it each:
 * the truth about its maps is known. One that is brittle fails where that quarter's first pixel is
 * hidden, which of acquired images none is.
 */
final class QuadrantClassifier implements Classifier {
  private final int labels;
  private final boolean brittle;

  QuadrantClassifier(int labels, boolean brittle) {
    this.labels = labels;
    this.brittle = brittle;
  }

  @Override
  public EngineReport engine() {
    return new EngineReport("Quadrant", "CPU", "fp32", "1", List.of());
  }

  @Override
  public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
    List<Outputs> outputs = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      FloatBuffer pixels = batch.image(i);
      if (brittle && pixels.get(0) == TestModels.HIDDEN) {
        return CompletableFuture.failedFuture(
            new InferenceException("out of memory", new IllegalStateException("arena")));
      }
      outputs.add(Outputs.ofLogits(logits(pixels, batch.height(), batch.width())));
    }
    return CompletableFuture.completedFuture(List.copyOf(outputs));
  }

  private float[] logits(FloatBuffer pixels, int height, int width) {
    double sum = 0;
    for (int y = 0; y < height / 2; y++) {
      for (int x = 0; x < width / 2; x++) {
        sum += pixels.get(y * width + x);
      }
    }
    float[] out = new float[labels];
    for (int l = 0; l < labels; l++) {
      out[l] = (float) ((l + 1) * sum / (height * width / 4.0));
    }
    return out;
  }

  @Override
  public void close() {}
}
