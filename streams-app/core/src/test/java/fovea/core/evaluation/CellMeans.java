package fovea.core.evaluation;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A model that can be checked by hand: evidence for label 1 is a cell's mean sample, minus 100. */
record CellMeans(int grid) implements Classifier {
  @Override
  public EngineReport engine() {
    return new EngineReport("plain", "CPU", "fp32", "1", List.of());
  }

  @Override
  public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
    List<Outputs> out = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      out.add(outputs(batch.image(i), batch.height()));
    }
    return CompletableFuture.completedFuture(out);
  }

  private Outputs outputs(FloatBuffer image, int side) {
    int cells = grid * grid;
    int patch = side / grid;
    float[] evidence = new float[2 * cells];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        evidence[cells + y / patch * grid + x / patch] += image.get(y * side + x) / patch / patch;
      }
    }
    float mean = 0;
    for (int c = 0; c < cells; c++) {
      evidence[cells + c] -= 100;
      evidence[c] = -evidence[cells + c];
      mean += evidence[cells + c] / cells;
    }
    return new Outputs(new float[] {-mean, mean}, evidence, new float[2], grid, grid);
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
