package fovea.app.wiring;

import fovea.wire.TopicSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Whether topics are what the guarantees rest on.
 *
 * <p>The partitions of {@code explanations} are fixed for life, as its keys are joined with stores;
 * those of other topics are free. No record may be too large for its topic, none may be dropped for
 * a later one with its key unless the topic is meant so, and its timestamp is its producer's.
 */
final class TopicCheck {
  private static final TopicDescription NONE = new TopicDescription("", false, List.of());
  private static final String SIZE = "max.message.bytes";
  private static final String CLEANUP = "cleanup.policy";
  private static final String TIMESTAMP = "message.timestamp.type";

  private final Admin admin;
  private final String joined;

  /**
   * @param joined name of the topic whose partitions must be as many as wanted
   */
  TopicCheck(Admin admin, String joined) {
    this.admin = admin;
    this.joined = joined;
  }

  /** What is wrong, each by its topic's name and the value found; empty if nothing is. */
  List<String> wrong(List<TopicSpec> wanted) throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> topics =
        admin.describeTopics(wanted.stream().map(TopicSpec::name).toList()).allTopicNames().get();
    Map<ConfigResource, Config> configs =
        admin.describeConfigs(wanted.stream().map(TopicCheck::resource).toList()).all().get();
    List<String> wrong = new ArrayList<>();
    for (TopicSpec topic : wanted) {
      int partitions = topics.getOrDefault(topic.name(), NONE).partitions().size();
      if (topic.name().equals(joined) && partitions != topic.partitions()) {
        wrong.add(
            "%s has %d partitions, but topics.partitions is %d: it is fixed for life"
                .formatted(topic.name(), partitions, topic.partitions()));
      }
      wrong.addAll(settings(topic, configs.getOrDefault(resource(topic), new Config(List.of()))));
    }
    return wrong;
  }

  private static List<String> settings(TopicSpec topic, Config found) {
    List<String> wrong = new ArrayList<>();
    long size = Long.parseLong(value(found, SIZE, "0"));
    if (size < Long.parseLong(topic.configs().getOrDefault(SIZE, "0"))) {
      wrong.add(fault(topic, SIZE, String.valueOf(size), "at least "));
    }
    String cleanup = value(found, CLEANUP, "");
    if (!policies(cleanup).equals(policies(topic.configs().getOrDefault(CLEANUP, "")))) {
      wrong.add(fault(topic, CLEANUP, cleanup, ""));
    }
    String timestamp = value(found, TIMESTAMP, "");
    if (!timestamp.equals(topic.configs().get(TIMESTAMP))) {
      wrong.add(fault(topic, TIMESTAMP, timestamp, ""));
    }
    return wrong;
  }

  private static String fault(TopicSpec topic, String key, String found, String relation) {
    return "%s has %s=%s, but must have %s%s"
        .formatted(topic.name(), key, found, relation, topic.configs().get(key));
  }

  private static Set<String> policies(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String value(Config config, String key, String fallback) {
    return Optional.ofNullable(config.get(key)).map(entry -> entry.value()).orElse(fallback);
  }

  private static ConfigResource resource(TopicSpec topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }
}
