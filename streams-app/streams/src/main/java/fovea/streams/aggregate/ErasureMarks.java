package fovea.streams.aggregate;

import fovea.schema.Contribution;
import fovea.schema.Delta;
import fovea.schema.Erasure;
import fovea.schema.ErasureMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What tells accumulate that all differences of one erasure have come: one mark behind them under
 * each key that they lie under, or one under the subject where there were none, so that every
 * erasure is answered.
 */
final class ErasureMarks {
  private ErasureMarks() {}

  static List<Map.Entry<String, Delta>> of(Erasure erasure, List<Change> changes) {
    Map<String, Long> taken = new TreeMap<>();
    for (Change change : changes) {
      Optional<Contribution> before = change.before();
      if (before.isPresent() && !change.isNone()) {
        taken.merge(Deltas.key(before.get()), 1L, Long::sum);
      }
    }
    if (taken.isEmpty()) {
      taken.put(erasure.getSubjectId(), 0L);
    }
    List<Map.Entry<String, Delta>> marks = new ArrayList<>(taken.size());
    taken.forEach(
        (key, count) -> {
          ErasureMark mark = new ErasureMark(erasure, count, marks.size() + 1, taken.size());
          marks.add(Map.entry(key, new Delta(null, null, mark)));
        });
    return marks;
  }
}
