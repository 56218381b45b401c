package fovea.embedded;

import fovea.wire.TopicPolicy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a broker that stands alone, stays small and recovers fast. */
final class BrokerSettings {
  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";

  private BrokerSettings() {}

  static Map<String, String> of(Path directory, BrokerPorts ports) {
    Map<String, String> settings = new HashMap<>();
    settings.putAll(identity(directory, ports));
    settings.putAll(alone());
    settings.putAll(small());
    settings.putAll(fastFailover());
    settings.putAll(largeMessages());
    return settings;
  }

  private static Map<String, String> identity(Path directory, BrokerPorts ports) {
    String plaintext = "PLAINTEXT://" + ports.bootstrapServers();
    String controller = BrokerPorts.HOST + ":" + ports.controller();
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE),
        "controller.quorum.voters",
        NODE + "@" + controller,
        "controller.listener.names",
        CONTROLLER,
        "listeners",
        plaintext + "," + CONTROLLER + "://" + controller,
        "advertised.listeners",
        plaintext,
        "log.dirs",
        directory.toString());
  }

  private static Map<String, String> alone() {
    return Map.of(
        "default.replication.factor", "1",
        "offsets.topic.replication.factor", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1",
        // A misspelt topic is an error and not a new topic with the wrong partitions.
        "auto.create.topics.enable", "false",
        // A demo that rests for weeks continues where it stopped.
        "offsets.retention.minutes", "525600");
  }

  private static Map<String, String> small() {
    return Map.of(
        "num.partitions", Integer.toString(TopicPolicy.DEFAULT_PARTITIONS),
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.num.partitions", "4",
        "share.coordinator.state.topic.num.partitions", "4",
        "num.network.threads", "2",
        "num.io.threads", "4",
        "background.threads", "2",
        "group.coordinator.threads", "1",
        "log.cleaner.dedupe.buffer.size", "16777216");
  }

  static Map<String, String> fastFailover() {
    return Map.of(
        "group.initial.rebalance.delay.ms", "0",
        "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
        "broker.heartbeat.interval.ms", "500");
  }

  private static Map<String, String> largeMessages() {
    String bytes = Integer.toString(2 * TopicPolicy.DEFAULT_MAX_MESSAGE_BYTES);
    return Map.of("message.max.bytes", bytes, "replica.fetch.max.bytes", bytes);
  }
}
