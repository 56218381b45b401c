package fovea.core.evaluation;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import java.nio.FloatBuffer;
import java.util.Random;

/**
 * How far a cell of a map sees, measured: which rows and columns of the input change the middle
 * cell's evidence when they are replaced.
 *
 * <p>One inference a row and a column. What a net could see by its layers it may not use; this is
 * what it does use, on noise.
 */
public final class Reach {
  private static final double SAME = 1e-6;

  private final Classifier classifier;
  private final int channels;
  private final int height;
  private final int width;

  /** Of a model with inputs of this shape. */
  public Reach(Classifier classifier, int channels, int height, int width) {
    this.classifier = classifier;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  /** The greater side, in pixels, of the patch that the middle cell of label 0 sees. */
  public int pixels(long seed) {
    float[] noise = new float[channels * height * width];
    Random random = new Random(seed);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextFloat();
    }
    float before = middle(noise);
    return Math.max(span(noise, before, true), span(noise, before, false));
  }

  /** From the first row, or column, that matters to the last. */
  private int span(float[] noise, float before, boolean rows) {
    int first = -1;
    int last = -2;
    for (int line = 0; line < (rows ? height : width); line++) {
      float[] changed = noise.clone();
      for (int i = 0; i < changed.length; i++) {
        int at = rows ? i / width % height : i % width;
        changed[i] = at == line ? 1 - changed[i] : changed[i];
      }
      if (Math.abs(middle(changed) - before) > SAME * Math.max(1, Math.abs(before))) {
        first = first < 0 ? line : first;
        last = line;
      }
    }
    return last - first + 1;
  }

  private float middle(float[] image) {
    ImageBatch batch = new ImageBatch(1, channels, height, width);
    FloatBuffer into = batch.image(0);
    into.put(image);
    Outputs o = classifier.classify(batch).toCompletableFuture().join().getFirst();
    return o.evidence(0)[o.gridHeight() / 2 * o.gridWidth() + o.gridWidth() / 2];
  }
}
