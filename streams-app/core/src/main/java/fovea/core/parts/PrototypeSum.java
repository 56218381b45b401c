package fovea.core.parts;

import java.util.List;

/**
 * A label's logit as a sum: the named prototypes, all the others, and the offset.
 *
 * @param label the label
 * @param logit the whole
 * @param offset what no prototype adds
 * @param named those that add most, greatest first
 */
public record PrototypeSum(String label, float logit, float offset, List<PrototypeShare> named) {
  public PrototypeSum {
    named = List.copyOf(named);
  }

  /** What all prototypes that are not named add together. */
  public double others() {
    return (double) logit - offset - named.stream().mapToDouble(PrototypeShare::contribution).sum();
  }
}
