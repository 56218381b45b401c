package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.Explanation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class BySubjectTest {

  @Test
  void anExplanationLiesWhereARecordKeyedByItsSubjectLies() {
    for (int i = 0; i < 50; i++) {
      String subject = "subject-" + i;
      Explanation e = TestExplanations.of(subject, "image", i).build();

      int keyedBySubject =
          BuiltInPartitioner.partitionForKey(subject.getBytes(StandardCharsets.UTF_8), 7);

      assertThat(new BySubject().partitions("explanations", subject + "|image|m|1", e, 7))
          .isEqualTo(Optional.of(Set.of(keyedBySubject)));
    }
  }
}
