package fovea.streams.aggregate;

import fovea.core.aggregate.KeyText;
import fovea.schema.Contribution;
import fovea.schema.Delta;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The difference between what an image contributed and what it contributes now, by the key under
 * which it is summed: model, version, variant and site.
 */
final class Deltas {
  private Deltas() {}

  /** One delta where both lie under one key; else two, as each key has its own task. */
  static List<Map.Entry<String, Delta>> between(
      Optional<Contribution> before, Optional<Contribution> now) {
    Optional<String> from = before.map(Deltas::key);
    Optional<String> to = now.map(Deltas::key);
    if (before.equals(now)) {
      return List.of();
    }
    if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
      return List.of(Map.entry(to.or(() -> from).orElseThrow(), delta(before, now)));
    }
    return List.of(
        Map.entry(from.get(), delta(before, Optional.empty())),
        Map.entry(to.get(), delta(Optional.empty(), now)));
  }

  static String key(Contribution c) {
    return KeyText.join(c.getModel(), c.getModelVersion(), c.getVariant(), c.getSite());
  }

  private static Delta delta(Optional<Contribution> before, Optional<Contribution> now) {
    return new Delta(before.orElse(null), now.orElse(null), null);
  }
}
