package fovea.app.chaos;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a programme is, by what it has committed.
 *
 * @param ends of the images topic, by partition
 * @param scored what score has committed of it
 * @param aggregated what aggregate has committed of explanations, outcomes and deltas
 */
record Position(
    Map<TopicPartition, Long> ends,
    Map<TopicPartition, Long> scored,
    Map<TopicPartition, Long> aggregated) {
  static final Position NOTHING = new Position(Map.of(), Map.of(), Map.of());

  Position {
    ends = Map.copyOf(ends);
    scored = Map.copyOf(scored);
    aggregated = Map.copyOf(aggregated);
  }

  long images() {
    return scored.values().stream().mapToLong(Long::longValue).sum();
  }

  long waiting() {
    return ends.values().stream().mapToLong(Long::longValue).sum() - images();
  }

  /** Whether every partition that has work has committed more than at {@code before}. */
  boolean movedOnSince(Position before) {
    boolean explained =
        ends.keySet().stream()
            .allMatch(p -> idle(p.partition()) || at(scored, p) > at(before.scored, p));
    boolean added =
        before.aggregated.entrySet().stream()
            .filter(entry -> everyImageReaches(entry.getKey()))
            .allMatch(
                entry ->
                    idle(entry.getKey().partition())
                        || at(aggregated, entry.getKey()) > entry.getValue());
    return explained && added && images() > before.images();
  }

  /** Only some images have an outcome or are erased: those topics may rest, the others go on. */
  private static boolean everyImageReaches(TopicPartition partition) {
    return !partition.topic().contains("outcomes") && !partition.topic().contains("erasures");
  }

  /** Whether every image of this partition is scored: nothing new comes down the line. */
  private boolean idle(int partition) {
    return ends.entrySet().stream()
        .filter(end -> end.getKey().partition() == partition)
        .allMatch(end -> at(scored, end.getKey()) >= end.getValue());
  }

  /** Whether aggregate has committed everything up to {@code until}. */
  boolean aggregatedAll(Map<TopicPartition, Long> until) {
    return until.entrySet().stream()
        .allMatch(end -> at(aggregated, end.getKey()) >= end.getValue());
  }

  private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }
}
