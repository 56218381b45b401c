package fovea.core.explainer.lesion;

import java.util.List;

/**
 * From the lesions of one image to its diagnosis. Immutable.
 *
 * @param steps one per lesion, in the maps' order
 * @param probability of the diagnosis, 0..1
 */
public record LesionPath(List<Step> steps, double probability) {
  public LesionPath {
    steps = List.copyOf(steps);
  }

  /**
   * One lesion's part.
   *
   * @param lesion index of its map
   * @param probability that it is there, 0..1
   * @param contribution what it adds, see {@link Diagnosis}
   * @param peak its map's greatest cell, row-major
   */
  public record Step(int lesion, double probability, double contribution, int peak) {}

  /** The sum of contributions. */
  public double sum() {
    return steps.stream().mapToDouble(Step::contribution).sum();
  }

  /**
   * A diagnosis without a reason: its probability reaches the threshold though no lesion's does.
   * Their share over a window should be near 0.
   */
  public boolean unexplained(double diagnosisThreshold, double lesionThreshold) {
    return probability >= diagnosisThreshold
        && steps.stream().allMatch(s -> s.probability() < lesionThreshold);
  }
}
