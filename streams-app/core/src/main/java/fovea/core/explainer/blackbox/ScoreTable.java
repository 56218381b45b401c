package fovea.core.explainer.blackbox;

/** Scores of a batch: images × labels. Immutable by agreement: the array is handed over. */
public final class ScoreTable {
  private final int labels;
  private final float[] scores;

  /**
   * Takes over {@code scores}, one row per image.
   *
   * @throws IllegalArgumentException if rows are not whole, or a score is not finite
   */
  public ScoreTable(float[] scores, int labels) {
    if (labels <= 0 || scores.length == 0 || scores.length % labels != 0) {
      throw new IllegalArgumentException(
          "%d scores are no rows of %d labels".formatted(scores.length, labels));
    }
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        throw new IllegalArgumentException("a score is " + score);
      }
    }
    this.labels = labels;
    this.scores = scores;
  }

  public int images() {
    return scores.length / labels;
  }

  public int labels() {
    return labels;
  }

  public float score(int image, int label) {
    return scores[image * labels + label];
  }
}
