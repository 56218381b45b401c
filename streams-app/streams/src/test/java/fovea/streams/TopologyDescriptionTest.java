package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.streams.application.DescribedFlow;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/**
 * Names of nodes and stores are names of changelogs and repartition topics: a change of them is a
 * change of what is on disk, and shows as a difference of the committed description.
 */
class TopologyDescriptionTest {
  private static final Topics TOPICS = new Topics("fovea");

  @Test
  void scoreIsAsCommitted() throws IOException {
    assertThat(score().describe().toString()).isEqualTo(committed("score.topology.txt"));
  }

  @Test
  void aggregateIsAsCommitted() throws IOException {
    assertThat(aggregate().describe().toString()).isEqualTo(committed("aggregate.topology.txt"));
  }

  @Test
  void theFlowIsThatOfTheDrawing() {
    DescribedFlow flow = DescribedFlow.of(TOPICS, List.of(score(), aggregate()));

    assertThat(flow.arrows())
        .containsExactlyInAnyOrder(
            "(images) -> [score]",
            "[score] -> {identity}",
            "[score] -> (explanations)",
            "[score] -> (dead-letters)",
            "(explanations) -> [contribute]",
            "(outcomes) -> [contribute]",
            "(erasures) -> [contribute]",
            "[contribute] -> {contributions}",
            "[contribute] -> {outcomes}",
            "[contribute] -> {erased}",
            "[contribute] -> {expiries}",
            "[contribute] -> (explanations)",
            "[contribute] -> (certificates)",
            "[contribute] -> (deltas)",
            "[contribute] -> (dead-letters)",
            "(deltas) -> [accumulate]",
            "[accumulate] -> {moments}",
            "[accumulate] -> {folds}",
            "[accumulate] -> {quality}",
            "[accumulate] -> {counters}",
            "[accumulate] -> (certificates)",
            "[accumulate] -> (global-explanations)",
            "[accumulate] -> (dead-letters)");
    assertThat(flow.between("[]")).containsExactly("accumulate", "contribute", "score");
    assertThat(flow.between("()")).contains("images", "deltas").hasSize(8);
    assertThat(flow.between("{}")).contains("moments", "quality").hasSize(9);
  }

  private static Topology score() {
    return new ScoreTopology(
            TOPICS,
            ScorePolicy.DEFAULT,
            new ScorePorts(
                new InMemorySchemaRegistry(),
                new ServedModels(List.of(TestModels.fundus("m", 1))),
                new SimpleMeterRegistry()))
        .topology();
  }

  private static Topology aggregate() {
    return new AggregateTopology(
            TOPICS,
            AggregatePolicy.DEFAULT,
            new AggregatePorts(
                new InMemorySchemaRegistry(), AggregateRig.FINGERPRINT, new SimpleMeterRegistry()))
        .topology();
  }

  private static String committed(String name) throws IOException {
    try (InputStream in = TopologyDescriptionTest.class.getResourceAsStream("/" + name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
