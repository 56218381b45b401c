package fovea.core.evaluation;

import fovea.core.explanation.Attention;
import fovea.core.explanation.Quantiser;
import fovea.core.image.Raster;
import fovea.core.image.TensorFormat;
import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a frozen model over labelled images, as they are and with parts hidden, and keeps what it
 * said of each.
 *
 * <p>Mutable and thread-confined. Keeps a few numbers an image, never the image.
 */
public final class Study {
  private final Classifier classifier;
  private final TensorFormat format;
  private final Sight sight;
  private final List<Hiding> hidings;
  private final List<Region> regions;
  private final List<Seen> seen = new ArrayList<>();
  private final float[] fill;
  private long[][] sums = {};

  /**
   * What the model said of one image.
   *
   * @param scores by hiding and label: the logit, for softmax minus the greatest of the others
   * @param decided by label, nothing hidden
   * @param inside by label and region: attention inside; empty for labels not decided
   * @param whole by label: all attention
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and written by nobody else.
  record Seen(Case of, double[][] scores, boolean[] decided, double[][] inside, double[] whole) {}

  /**
   * @param hidings the first of which should hide nothing: attention is taken there
   * @param regions in which attention is summed, on the model's grid
   */
  public Study(
      Classifier classifier,
      TensorFormat format,
      Sight sight,
      List<Hiding> hidings,
      List<Region> regions) {
    this.classifier = classifier;
    this.format = format;
    this.sight = sight;
    this.hidings = List.copyOf(hidings);
    this.regions = List.copyOf(regions);
    this.fill = fill();
  }

  /** The fill as the model's tensor has it. */
  private float[] fill() {
    float[] out = new float[format.channels()];
    for (int c = 0; c < out.length; c++) {
      out[c] = format.value(c, sight.fill());
    }
    return out;
  }

  /** Shows the model one image, as often as there are hidings. */
  public void add(Case of, Raster image) {
    int size = hidings.size();
    ImageBatch batch = new ImageBatch(size, format.channels(), format.height(), format.width());
    for (int h = 0; h < size; h++) {
      format.write(image, batch.image(h));
      hidings.get(h).apply(batch.image(h), format.height(), format.width(), fill);
    }
    List<Outputs> outputs = classifier.classify(batch).toCompletableFuture().join();
    seen.add(seen(of, outputs));
  }

  private Seen seen(Case of, List<Outputs> outputs) {
    int labels = sight.labels().size();
    double[][] scores = new double[hidings.size()][labels];
    for (int h = 0; h < scores.length; h++) {
      for (int l = 0; l < labels; l++) {
        scores[h][l] = score(outputs.get(h), l);
      }
    }
    boolean[] decided = new boolean[labels];
    double[][] inside = new double[labels][regions.size()];
    double[] whole = new double[labels];
    for (int l = 0; l < labels; l++) {
      decided[l] = scores[0][l] >= 0;
      if (decided[l]) {
        short[] cells = attention(outputs.getFirst(), l);
        sum(l, cells);
        for (int r = 0; r < regions.size(); r++) {
          inside[l][r] = regions.get(r).sum(cells);
        }
        for (short cell : cells) {
          whole[l] += cell;
        }
      }
    }
    return new Seen(of, scores, decided, inside, whole);
  }

  private double score(Outputs o, int label) {
    if (!sight.softmax()) {
      return o.logit(label);
    }
    double others = Double.NEGATIVE_INFINITY;
    for (int l = 0; l < o.labels(); l++) {
      others = l == label ? others : Math.max(others, o.logit(l));
    }
    return o.logit(label) - others;
  }

  private short[] attention(Outputs o, int label) {
    var quantised =
        new Quantiser(sight.scaleExponent())
            .quantise(o.evidence(label), o.gridHeight(), o.gridWidth());
    return Attention.max1(quantised.grid(), sight.floor(), sight.subtractMin()).grid().cells();
  }

  private void sum(int label, short[] cells) {
    if (sums.length == 0) {
      sums = new long[sight.labels().size()][cells.length];
    }
    for (int i = 0; i < cells.length; i++) {
      sums[label][i] += cells[i];
    }
  }

  /** Images shown so far. */
  public int images() {
    return seen.size();
  }

  /** What was seen, to be summed up. */
  public Summary summary(int samples, long seed) {
    return new Summary(sight, hidings, regions, List.copyOf(seen), samples, seed);
  }

  /**
   * The mean attention of the images decided for a label, row-major in 0..1; all 0 where there were
   * none.
   */
  public float[] meanAttention(String label) {
    int l = sight.labels().indexOf(label);
    long decided = seen.stream().filter(s -> s.decided()[l]).count();
    float[] out = new float[sums.length == 0 ? 0 : sums[l].length];
    for (int i = 0; i < out.length && decided > 0; i++) {
      out[i] = (float) ((double) sums[l][i] / decided / (1 << 14));
    }
    return out;
  }
}
