package fovea.core.quality;

import fovea.core.explainer.blackbox.BlackBox;
import fovea.core.explainer.blackbox.MaskedScores;
import fovea.core.explainer.blackbox.Question;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Deletion and insertion (Petsiuk, Das and Saenko, BMVC 2018) on the frame's grid: cells are
 * hidden, and from the fill restored, in the map's order, greatest first, of equal ones the lower.
 *
 * <p>Forwards: 2 × steps. Scores should be probabilities. Where the paper starts insertion from a
 * blurred image, this starts from the black box's fill.
 *
 * @param deletion y_0 clean … y_n all hidden
 * @param insertion y_0 all hidden … y_n clean
 */
public record DeletionInsertion(List<Double> deletion, List<Double> insertion) {
  public DeletionInsertion {
    deletion = List.copyOf(deletion);
    insertion = List.copyOf(insertion);
  }

  /**
   * Runs both for one label.
   *
   * @param question of one label
   * @param map of that label, row-major on the question's grid
   * @param steps at least 1, at most the cells
   */
  public static DeletionInsertion run(BlackBox model, Question question, float[] map, int steps) {
    int cells = question.gridHeight() * question.gridWidth();
    if (question.labels().size() != 1 || map.length != cells || steps < 1 || steps > cells) {
      throw new IllegalArgumentException(
          "%d labels, %d cells of %d, %d steps"
              .formatted(question.labels().size(), map.length, cells, steps));
    }
    model.afford(2 * steps);
    Integer[] order = order(map);
    double[] scores = new double[2 * steps];
    float[] mask = new float[cells];
    new MaskedScores(model, question, false)
        .score(
            scores.length,
            i -> mask(order, cells * (i <= steps ? i : i - steps) / steps, i <= steps, mask),
            (i, row) -> scores[i] = row[0]);
    return of(scores, steps);
  }

  /** Scored: deletion 0..steps, then insertion 1..steps − 1, whose ends are deletion's. */
  private static DeletionInsertion of(double[] scores, int steps) {
    double[] insertion = new double[steps + 1];
    System.arraycopy(scores, steps, insertion, 0, steps);
    insertion[steps] = scores[0];
    return new DeletionInsertion(
        DoubleStream.of(Arrays.copyOf(scores, steps + 1)).boxed().toList(),
        DoubleStream.of(insertion).boxed().toList());
  }

  private static float[] mask(Integer[] order, int first, boolean delete, float[] mask) {
    Arrays.fill(mask, delete ? 1 : 0);
    for (int i = 0; i < first; i++) {
      mask[order[i]] = delete ? 0 : 1;
    }
    return mask;
  }

  private static Integer[] order(float[] map) {
    Integer[] order = new Integer[map.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> -map[i]));
    return order;
  }

  /** Lower where the map names first what the score rests on. */
  public double deletionArea() {
    return area(deletion);
  }

  /** Higher where the map names first what suffices. */
  public double insertionArea() {
    return area(insertion);
  }

  /** {@code (Σ y − y_0 ÷ 2 − y_n ÷ 2) ÷ n} of n + 1 ≥ 2 points: the trapezoid rule. */
  public static double area(List<Double> curve) {
    if (curve.size() < 2) {
      throw new IllegalArgumentException("a curve needs two points: " + curve);
    }
    double sum = curve.stream().mapToDouble(y -> y).sum();
    return (sum - curve.getFirst() / 2 - curve.getLast() / 2) / (curve.size() - 1);
  }
}
