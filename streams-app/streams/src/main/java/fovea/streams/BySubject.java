package fovea.streams;

import fovea.schema.Explanation;
import fovea.wire.Keys;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Explanations lie where outcomes and erasures of their subject lie, though their key is longer. */
final class BySubject implements StreamPartitioner<String, Explanation> {

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, String key, Explanation explanation, int partitions) {
    return Optional.of(Set.of(Keys.partition(explanation.getSubjectId(), partitions)));
  }
}
