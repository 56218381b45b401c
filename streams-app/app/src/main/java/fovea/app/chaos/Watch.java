package fovea.app.chaos;

import fovea.app.ingest.Connection;
import fovea.streams.application.StreamsSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Sees by the broker's own account how far a programme is; thread-confined. */
final class Watch implements AutoCloseable {
  private final Admin admin;
  private final List<TopicPartition> images;
  private final String score;
  private final String aggregate;

  /**
   * @param groupPrefix what the groups of the programme's applications begin with
   */
  Watch(Connection connection, String groupPrefix, int partitions) {
    this.admin =
        Admin.create(
            connection.client(
                Map.of(
                    "request.timeout.ms", "2000",
                    "default.api.timeout.ms", "4000",
                    "reconnect.backoff.max.ms", "500")));
    this.images =
        IntStream.range(0, partitions)
            .mapToObj(p -> new TopicPartition(connection.topics().images(), p))
            .toList();
    this.score = StreamsSettings.applicationId(groupPrefix, "score");
    this.aggregate = StreamsSettings.applicationId(groupPrefix, "aggregate");
  }

  /** Empty where the broker does not answer soon. */
  Optional<Position> look() throws InterruptedException {
    try {
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          admin
              .listOffsets(
                  images.stream()
                      .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest())))
              .all()
              .get();
      Map<TopicPartition, Long> until = new HashMap<>();
      ends.forEach((partition, end) -> until.put(partition, end.offset()));
      return Optional.of(new Position(until, committed(score), committed(aggregate)));
    } catch (ExecutionException e) {
      return unlessBroken(e);
    }
  }

  private Map<TopicPartition, Long> committed(String group)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> out = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry :
        admin
            .listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
            .partitionsToOffsetAndMetadata(group)
            .get()
            .entrySet()) {
      if (entry.getValue() != null) {
        out.put(entry.getKey(), entry.getValue().offset());
      }
    }
    return out;
  }

  /** Takes an instance out of both groups at once, as who scales in does; its work moves. */
  void remove(String instanceId) throws InterruptedException {
    for (String group : List.of(score, aggregate)) {
      MemberToRemove member = new MemberToRemove(instanceId + "-1");
      try {
        admin
            .removeMembersFromConsumerGroup(
                group, new RemoveMembersFromConsumerGroupOptions(List.of(member)))
            .all()
            .get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownMemberIdException)) {
          unlessBroken(e);
        }
      }
    }
  }

  /** A broker that is down or coordinators on the move are what is expected here. */
  private static Optional<Position> unlessBroken(ExecutionException e) {
    if (e.getCause() instanceof RetriableException) {
      return Optional.empty();
    }
    throw new IllegalStateException(
        "the broker answers %s".formatted(Arrays.asList(e.getCause())), e);
  }

  @Override
  public void close() {
    admin.close();
  }
}
