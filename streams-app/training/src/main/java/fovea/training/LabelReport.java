package fovea.training;

import fovea.core.evaluation.RocArea;
import fovea.core.explanation.Attention;
import fovea.core.explanation.Quantiser;
import fovea.core.inference.Outputs;
import fovea.core.phantom.Lesion;
import fovea.core.phantom.Phantom;
import fovea.modelstore.Manifest.Quantisation;
import java.util.Arrays;
import java.util.List;

/**
 * How well a net finds one lesion, and whether its map shows the lesion's place.
 *
 * @param images in all
 * @param present images that show the lesion
 * @param auc area under the ROC curve
 * @param predicted images whose probability is at least one half
 * @param mass share of the mean attention of predicted images inside the dilated truth zone; NaN
 *     without any
 * @param area share of the field of view that this zone covers, on the same grid
 */
record LabelReport(
    Lesion lesion, int images, int present, double auc, int predicted, double mass, double area) {

  /** Logits at this and above count as predicted. */
  private static final float THRESHOLD = 0;

  static List<LabelReport> of(
      List<Example> examples, List<Outputs> outputs, Quantisation quantisation) {
    return Arrays.stream(Lesion.values())
        .map(lesion -> of(lesion, examples, outputs, quantisation))
        .toList();
  }

  private static LabelReport of(
      Lesion lesion, List<Example> examples, List<Outputs> outputs, Quantisation quantisation) {
    int label = Arrays.asList(Lesion.values()).indexOf(lesion);
    double[] scores = new double[examples.size()];
    boolean[] present = new boolean[examples.size()];
    AttentionSum sum = new AttentionSum(quantisation, label);
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = outputs.get(i).logit(label);
      present[i] = examples.get(i).shows(label);
      count += present[i] ? 1 : 0;
      if (scores[i] >= THRESHOLD) {
        sum.add(outputs.get(i));
      }
    }
    int side = outputs.getFirst().gridHeight();
    return new LabelReport(
        lesion,
        scores.length,
        count,
        RocArea.of(scores, present),
        sum.images,
        sum.shareIn(lesion.dilatedZone().mask(side, side)),
        lesion.dilatedZone().shareOf(Phantom.FIELD_OF_VIEW, side, side));
  }

  /** Whether the map of predicted images finds the lesion's place. */
  boolean finds() {
    return mass >= 0.8 && area <= 0.1;
  }

  /** Sums the quantity ATTENTION_MAX1 over images, as the running system does. */
  private static final class AttentionSum {
    private final Quantisation quantisation;
    private final int label;
    private long[] cells = {};
    private int images;

    private AttentionSum(Quantisation quantisation, int label) {
      this.quantisation = quantisation;
      this.label = label;
    }

    private void add(Outputs o) {
      var quantised =
          new Quantiser(quantisation.scaleExponent())
              .quantise(o.evidence(label), o.gridHeight(), o.gridWidth());
      Attention attention =
          Attention.max1(quantised.grid(), quantisation.floor(), quantisation.subtractMin());
      short[] values = attention.grid().cells();
      cells = images == 0 ? new long[values.length] : cells;
      for (int i = 0; i < values.length; i++) {
        cells[i] += values[i];
      }
      images++;
    }

    private double shareIn(boolean[] mask) {
      double in = 0;
      double all = 0;
      for (int i = 0; i < cells.length; i++) {
        in += mask[i] ? cells[i] : 0;
        all += cells[i];
      }
      return in / all;
    }
  }
}
