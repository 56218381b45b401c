package fovea.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {
  private final TopicCatalogue catalogue =
      new TopicCatalogue(new Topics("north"), TopicPolicy.defaults());

  @Test
  void everyTopicOfTheFlowIsThereUnderThePrefix() {
    assertThat(catalogue.all().stream().map(TopicSpec::name))
        .containsExactly(
            "north.images",
            "north.explanations",
            "north.outcomes",
            "north.erasures",
            "north.global-explanations",
            "north.validations",
            "north.alarms",
            "north.dead-letters",
            "north.models",
            "north.certificates");
  }

  @Test
  void everyTopicHasFourPartitionsAndTheProducersTime() {
    assertThat(catalogue.all())
        .allSatisfy(
            topic -> {
              assertThat(topic.partitions()).isEqualTo(4);
              assertThat(topic.configs())
                  .containsEntry("message.timestamp.type", "CreateTime")
                  .containsKey("cleanup.policy");
            });
  }

  @Test
  void aDeadLetterHasRoomForTheGreatestRecordAndItsEnvelope() {
    for (TopicSpec topic : catalogue.all()) {
      int room = Integer.parseInt(topic.configs().get("max.message.bytes"));

      boolean letters = topic.name().endsWith(".dead-letters");
      assertThat(room).as(topic.name()).isEqualTo(letters ? 9 << 20 : 8 << 20);
    }
  }

  @Test
  void compactedTopicsWithContentOfPersonsAreCompactedInTime() {
    Set<String> timely = new TreeSet<>();
    Set<String> compacted = new TreeSet<>();
    for (TopicSpec topic : catalogue.all()) {
      if (topic.configs().getOrDefault("cleanup.policy", "").contains("compact")) {
        compacted.add(topic.name());
      }
      if (topic.configs().containsKey("max.compaction.lag.ms")) {
        timely.add(topic.name());
      }
    }

    assertThat(compacted)
        .containsExactly(
            "north.explanations", "north.global-explanations", "north.models", "north.validations");
    assertThat(timely)
        .containsExactly("north.explanations", "north.global-explanations", "north.validations");
  }

  @Test
  void contentOfPersonsLiesInSegmentsThatAreRolledInTime() {
    String lag = Long.toString(TopicPolicy.defaults().erasureLag().toMillis());
    for (String name :
        List.of("images", "explanations", "outcomes", "global-explanations", "dead-letters")) {
      assertThat(catalogue.all())
          .filteredOn(topic -> topic.name().equals("north." + name))
          .singleElement()
          .satisfies(topic -> assertThat(topic.configs()).containsEntry("segment.ms", lag));
    }
  }

  @Test
  void registeringPutsEverySchemaUnderBackwardTransitive() throws IOException {
    InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    catalogue.register(registry);

    for (TopicSpec topic : catalogue.all()) {
      assertThat(registry.compatibility(topic.subject())).contains("BACKWARD_TRANSITIVE");
      assertThat(registry.latest(topic.subject()).schema().getName())
          .isEqualTo(topic.record().getName());
    }
  }

  @Test
  void aPolicyThatCannotHoldIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TopicPolicy(
                    0, 1024, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)))
        .withMessageContaining("partitions");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TopicPolicy(1, 1024, Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1)))
        .withMessageContaining("imageRetention");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TopicSpec("a b", 1, Map.of(), fovea.schema.Erasure.SCHEMA$, "subjectId"))
        .withMessageContaining("a b");
  }
}
