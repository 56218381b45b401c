package fovea.streams.aggregate;

import fovea.core.aggregate.KeyText;
import fovea.schema.Contribution;
import fovea.schema.Delta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The difference between what an image contributed and what it contributes now, by the key under
 * which it is summed: model, version, variant and site.
 */
final class Deltas {
  private Deltas() {}

  /**
   * One delta where both lie under one key; else two, as each key has its own task. A contribution
   * that is not there is null.
   */
  static List<Map.Entry<String, Delta>> between(
      @Nullable Contribution before, @Nullable Contribution now) {
    Optional<String> from = Optional.ofNullable(before).map(Deltas::key);
    Optional<String> to = Optional.ofNullable(now).map(Deltas::key);
    if (from.isEmpty() && to.isEmpty()) {
      return List.of();
    }
    if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
      return List.of(Map.entry(to.or(() -> from).orElseThrow(), new Delta(before, now)));
    }
    return List.of(
        Map.entry(from.get(), new Delta(before, null)), Map.entry(to.get(), new Delta(null, now)));
  }

  private static String key(Contribution c) {
    return KeyText.join(c.getModel(), c.getModelVersion(), c.getVariant(), c.getSite());
  }
}
