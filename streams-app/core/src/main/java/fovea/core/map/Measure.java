package fovea.core.map;

import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Quantity;

/**
 * What a map shows: which quantity, of which label, over which images.
 *
 * @param quantity what is summed per cell
 * @param label the label as the manifest spells it
 * @param basis which images
 */
public record Measure(Quantity quantity, String label, Basis basis) {
  public Measure {
    if (quantity == Quantity.COUNTERS || basis == Basis.NONE || label.isBlank()) {
      throw new IllegalArgumentException(
          "a map has a quantity, a label and a basis: %s, '%s', %s"
              .formatted(quantity, label, basis));
    }
  }
}
