package fovea.core.explainer.blackbox;

import fovea.core.inference.ImageBatch;
import java.util.function.IntFunction;

/**
 * Scores of one image under many masks, batch by batch. Thread-confined; one batch of memory and
 * two masks.
 */
public final class MaskedScores {
  private final BlackBox model;
  private final Question question;
  private final PixelMask upsampling;
  private final float[] fill;
  private final float[] pixels;
  private final ImageBatch memory;
  private int forwards;

  /** See {@link PixelMask} for {@code smooth}. */
  public MaskedScores(BlackBox model, Question question, boolean smooth) {
    ImageTensor image = question.image();
    if (model.fill().size() != image.channels()) {
      throw new IllegalArgumentException(
          "%d fills for %d channels".formatted(model.fill().size(), image.channels()));
    }
    this.model = model;
    this.question = question;
    this.upsampling = new PixelMask(question, smooth);
    this.fill = new float[image.channels()];
    for (int c = 0; c < fill.length; c++) {
      fill[c] = model.fill().get(c);
    }
    this.pixels = new float[image.height() * image.width()];
    // Filled again for every batch: memory outside the heap is given back late.
    this.memory = new ImageBatch(model.batch(), image.channels(), image.height(), image.width());
  }

  /** Takes the scores of one masked image. */
  @FunctionalInterface
  public interface Row {
    /**
     * @param mask its number
     * @param scores one per asked label, in the question's order; used again for the next
     */
    void accept(int mask, double[] scores);
  }

  /**
   * Scores masks 0..count − 1 in order.
   *
   * @param masks gives a mask of grid cells, 1 keeps; it may give the same array again
   * @throws IllegalArgumentException if the model answers with other rows or fewer labels
   */
  public void score(int count, IntFunction<float[]> masks, Row row) {
    double[] asked = new double[question.labels().size()];
    for (int first = 0; first < count; first += model.batch()) {
      int size = Math.min(model.batch(), count - first);
      ScoreTable table = run(first, size, masks);
      for (int i = 0; i < size; i++) {
        for (int l = 0; l < asked.length; l++) {
          asked[l] = table.score(i, question.labels().get(l));
        }
        row.accept(first + i, asked);
      }
    }
  }

  /** The score of one mask per asked label. */
  double[] one(float[] mask) {
    double[] out = new double[question.labels().size()];
    score(1, i -> mask, (i, scores) -> System.arraycopy(scores, 0, out, 0, out.length));
    return out;
  }

  private ScoreTable run(int first, int size, IntFunction<float[]> masks) {
    ImageTensor image = question.image();
    ImageBatch batch = memory.first(size);
    for (int i = 0; i < size; i++) {
      upsampling.write(masks.apply(first + i), pixels);
      image.masked(pixels, fill, batch.image(i));
    }
    ScoreTable table = model.scorer().score(batch);
    int greatest = question.labels().stream().mapToInt(l -> l).max().orElse(0);
    if (table.images() != size || table.labels() <= greatest) {
      throw new IllegalArgumentException(
          "asked for label %d of %d images, answered %d of %d"
              .formatted(greatest, size, table.labels(), table.images()));
    }
    forwards += size;
    return table;
  }

  /** Images scored so far. */
  public int forwards() {
    return forwards;
  }
}
