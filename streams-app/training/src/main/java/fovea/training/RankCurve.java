package fovea.training;

import java.util.Arrays;

/** The area under the ROC curve. */
final class RankCurve {
  private RankCurve() {}

  /**
   * The share of pairs of a present and an absent case that the scores rank rightly, ties half; NaN
   * where either kind is missing.
   */
  static double area(double[] scores, boolean[] present) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    double rankSum = 0;
    long positives = 0;
    for (int i = 0; i < order.length; ) {
      int end = i;
      while (end < order.length && scores[order[end]] == scores[order[i]]) {
        end++;
      }
      double rank = (i + 1 + end) / 2.0;
      for (; i < end; i++) {
        rankSum += present[order[i]] ? rank : 0;
        positives += present[order[i]] ? 1 : 0;
      }
    }
    double pairs = (double) positives * (scores.length - positives);
    return pairs == 0 ? Double.NaN : (rankSum - positives * (positives + 1) / 2.0) / pairs;
  }
}
