package fovea.core.parts;

import java.util.List;
import java.util.Optional;

/**
 * A diagnosis as a sum over lesions: {@code weighted}, where contributions and the bias sum to its
 * logit, or {@code noisy-or}, where they sum to −ln(1 − its probability).
 *
 * @param label the diagnosis
 * @param path {@code weighted} or {@code noisy-or}
 * @param bias 0 for {@code noisy-or}
 * @param lesions in the model's order
 */
public record LesionSum(String label, String path, float bias, List<LesionShare> lesions) {
  public LesionSum {
    lesions = List.copyOf(lesions);
  }

  /** The lesion of this name. */
  public Optional<LesionShare> named(String lesion) {
    return lesions.stream().filter(one -> one.lesion().equals(lesion)).findFirst();
  }
}
