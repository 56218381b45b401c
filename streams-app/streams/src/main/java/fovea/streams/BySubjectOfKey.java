package fovea.streams;

import fovea.core.aggregate.KeyText;
import fovea.schema.Explanation;
import fovea.wire.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** A tombstone lies where its explanation lies: only its key tells of the subject. */
final class BySubjectOfKey implements StreamPartitioner<byte[], Explanation> {

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte[] key, @Nullable Explanation explanation, int partitions) {
    String subject = KeyText.split(new String(key, StandardCharsets.UTF_8)).getFirst();
    return Optional.of(Set.of(Keys.partition(subject, partitions)));
  }
}
