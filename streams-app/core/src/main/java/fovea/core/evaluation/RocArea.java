package fovea.core.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The area under the ROC curve, and its interval by bootstrap over subjects. */
public final class RocArea {
  private static final double TAIL = 0.025;

  private final int[] order;
  private final double[] scores;
  private final boolean[] present;

  private RocArea(double[] scores, boolean[] present) {
    if (scores.length != present.length) {
      throw new IllegalArgumentException(
          "%d scores and %d truths".formatted(scores.length, present.length));
    }
    this.scores = scores;
    this.present = present;
    this.order = order(scores);
  }

  private static int[] order(double[] scores) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    return Arrays.stream(order).mapToInt(i -> i).toArray();
  }

  /**
   * The share of pairs of a present and an absent case that the scores rank rightly, ties half; NaN
   * where either kind is missing.
   */
  public static double of(double[] scores, boolean[] present) {
    int[] once = new int[scores.length];
    Arrays.fill(once, 1);
    return new RocArea(scores, present).weighted(once);
  }

  /**
   * The area with its 95 % percentile interval (Efron and Tibshirani 1993, §13.3) over whole
   * subjects: images of one person are not independent.
   *
   * @param subjects of each case
   * @param samples drawn; resamples without both kinds are left out
   */
  public static Interval interval(
      double[] scores, boolean[] present, List<String> subjects, int samples, long seed) {
    RocArea curve = new RocArea(scores, present);
    int[] subject = numbered(subjects);
    int people = 1 + Arrays.stream(subject).max().orElse(-1);
    Random random = new Random(seed);
    double[] areas = new double[samples];
    int[] weights = new int[scores.length];
    for (int s = 0; s < samples; s++) {
      int[] drawn = new int[people];
      for (int i = 0; i < people; i++) {
        drawn[random.nextInt(people)]++;
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] = drawn[subject[i]];
      }
      areas[s] = curve.weighted(weights);
    }
    double[] known = Arrays.stream(areas).filter(a -> !Double.isNaN(a)).sorted().toArray();
    return new Interval(of(scores, present), quantile(known, TAIL), quantile(known, 1 - TAIL));
  }

  private static int[] numbered(List<String> subjects) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] out = new int[subjects.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = numbers.computeIfAbsent(subjects.get(i), s -> numbers.size());
    }
    return out;
  }

  private static double quantile(double[] sorted, double p) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1.0, Math.floor(p * sorted.length))];
  }

  /** Each case counted as often as its weight. */
  private double weighted(int[] weights) {
    double right = 0;
    long below = 0;
    long positives = 0;
    for (int i = 0; i < order.length; ) {
      long absent = 0;
      long here = 0;
      int first = i;
      for (; i < order.length && scores[order[i]] == scores[order[first]]; i++) {
        here += present[order[i]] ? weights[order[i]] : 0;
        absent += present[order[i]] ? 0 : weights[order[i]];
      }
      right += here * (below + absent / 2.0);
      below += absent;
      positives += here;
    }
    double pairs = (double) positives * below;
    return pairs == 0 ? Double.NaN : right / pairs;
  }
}
