package fovea.query;

import fovea.core.composition.FoldedDifference;
import fovea.core.composition.MapDifference;
import java.time.Instant;
import java.util.Optional;

/**
 * Two maps of one frame and quantity.
 *
 * @param first from which is taken away
 * @param second what is taken away
 * @param by how present and absent were told apart, {@code outcome} or {@code decision}; empty
 *     where the two were chosen
 */
record MapPair(ComposedMap first, ComposedMap second, Optional<String> by) {

  MapDifference difference() {
    return first.mean().minus(second.mean());
  }

  /** Of the difference, per cell, between subjects; empty where folds are not kept of both. */
  Optional<double[]> standardError() {
    return first
        .extra()
        .folds()
        .flatMap(
            one ->
                second
                    .extra()
                    .folds()
                    .map(other -> new FoldedDifference(one, other).standardError()))
        .filter(values -> !Double.isNaN(values[0]));
  }

  /** Of the newer. */
  Instant asOf() {
    return first.asOf().isAfter(second.asOf()) ? first.asOf() : second.asOf();
  }
}
