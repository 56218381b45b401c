package fovea.app.wiring;

import fovea.app.cli.BrokenWorldException;
import fovea.app.config.FoveaConfig;
import fovea.wire.TopicCatalogue;
import fovea.wire.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics that are missing, and refuses to start on those that are not as they must be.
 */
final class TopicSetup {
  private static final int ATTEMPTS = 60;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

  private final FoveaConfig.TopicPlan plan;

  TopicSetup(FoveaConfig.TopicPlan plan) {
    this.plan = plan;
  }

  /**
   * Makes and checks.
   *
   * @return how many partitions {@code explanations} has
   * @throws BrokenWorldException naming the topic and the value, or the brokers that do not answer
   */
  int prepare(Map<String, Object> client) throws InterruptedException {
    try (Admin admin = Admin.create(client)) {
      Set<String> there = admin.listTopics().names().get();
      List<TopicSpec> wanted = new TopicCatalogue(plan.names(), plan.policy()).all();
      List<TopicSpec> missing =
          wanted.stream().filter(topic -> !there.contains(topic.name())).toList();
      if (!missing.isEmpty()) {
        make(admin, missing);
      }
      return check(admin, wanted);
    } catch (ExecutionException e) {
      throw new BrokenWorldException(
          "the brokers at %s do not answer as they should: %s"
              .formatted(client.get("bootstrap.servers"), e.getCause()),
          e);
    }
  }

  private void make(Admin admin, List<TopicSpec> missing)
      throws ExecutionException, InterruptedException {
    if (!plan.create()) {
      throw new BrokenWorldException(
          "topics are missing, and topics.create is false: "
              + missing.stream().map(TopicSpec::name).collect(Collectors.joining(", ")));
    }
    List<NewTopic> topics =
        missing.stream()
            .map(
                t ->
                    new NewTopic(t.name(), t.partitions(), plan.replication()).configs(t.configs()))
            .toList();
    try {
      admin.createTopics(topics).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private int check(Admin admin, List<TopicSpec> wanted)
      throws ExecutionException, InterruptedException {
    List<String> wrong = wrong(admin, wanted);
    if (!wrong.isEmpty()) {
      throw new BrokenWorldException("topics are not as they must be: " + String.join("; ", wrong));
    }
    return plan.policy().partitions();
  }

  /** What was made a moment ago may take a moment until each broker has heard of it. */
  private List<String> wrong(Admin admin, List<TopicSpec> wanted)
      throws ExecutionException, InterruptedException {
    TopicCheck check = new TopicCheck(admin, plan.names().explanations());
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return check.wrong(wanted);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        Thread.sleep(BETWEEN_ATTEMPTS);
      }
    }
    return check.wrong(wanted);
  }
}
