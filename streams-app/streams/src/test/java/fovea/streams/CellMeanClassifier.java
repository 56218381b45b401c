package fovea.streams;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A pure function of the pixels: the evidence of label l in a cell is (l + 1) × the cell's mean in
 * the first channel. A pixel that is exactly {@link #NAN} makes a NaN, one that is exactly {@link
 * #FAULT} makes the engine fail.
 */
final class CellMeanClassifier implements Classifier {
  static final int NAN = 201;
  static final int FAULT = 202;

  private final int labels;
  private final int grid;
  private final float offset;

  CellMeanClassifier(int labels, int grid, float offset) {
    this.labels = labels;
    this.grid = grid;
    this.offset = offset;
  }

  @Override
  public EngineReport engine() {
    return new EngineReport("CellMean", "CPU", "fp32", "1", List.of());
  }

  @Override
  public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
    List<Outputs> outputs = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      FloatBuffer pixels = batch.image(i);
      int marker = Math.round(pixels.get(0) * 255);
      if (marker == FAULT) {
        return CompletableFuture.failedFuture(
            new InferenceException("out of memory", new IllegalStateException("arena")));
      }
      outputs.add(outputs(pixels, batch, marker == NAN));
    }
    return CompletableFuture.completedFuture(List.copyOf(outputs));
  }

  private Outputs outputs(FloatBuffer pixels, ImageBatch batch, boolean nan) {
    float[] evidence = new float[labels * grid * grid];
    float[] logits = new float[labels];
    for (int l = 0; l < labels; l++) {
      for (int c = 0; c < grid * grid; c++) {
        float value = (l + 1) * mean(pixels, batch.width(), batch.height(), c);
        evidence[l * grid * grid + c] = nan ? Float.NaN : value;
        logits[l] += value / (grid * grid);
      }
      logits[l] += offset;
    }
    float[] offsets = new float[labels];
    Arrays.fill(offsets, offset);
    return new Outputs(logits, evidence, offsets, grid, grid);
  }

  private float mean(FloatBuffer pixels, int width, int height, int cell) {
    int h = height / grid;
    int w = width / grid;
    float sum = 0;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        sum += pixels.get((cell / grid * h + y) * width + cell % grid * w + x);
      }
    }
    return sum / (h * w);
  }

  @Override
  public void close() {}
}
