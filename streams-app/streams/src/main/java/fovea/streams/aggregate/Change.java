package fovea.streams.aggregate;

import fovea.schema.Contribution;
import java.util.Optional;

/**
 * What one record changed of one image and model version.
 *
 * @param key of the contribution, which is also that of the explanation
 * @param before what stood
 * @param after what stands
 */
record Change(String key, Optional<Contribution> before, Optional<Contribution> after) {

  boolean isNone() {
    return before.equals(after);
  }

  /** Nothing stands any more. */
  boolean withdrawn() {
    return before.isPresent() && after.isEmpty();
  }
}
