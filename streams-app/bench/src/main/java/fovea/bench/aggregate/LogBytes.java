package fovea.bench.aggregate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What the topics of one application take on the broker's disk: compressed, with the marks of
 * transactions.
 */
final class LogBytes {
  private static final String SEGMENT = Integer.toString(1 << 30);

  private final Admin admin;
  private final String prefix;

  LogBytes(Admin admin, String prefix) {
    this.admin = admin;
    this.prefix = prefix;
  }

  /** Bytes by topic, of all topics that begin with the prefix and a separator. */
  Map<String, Long> now() throws InterruptedException, ExecutionException {
    List<Integer> brokers = new ArrayList<>();
    for (Node node : admin.describeCluster().nodes().get()) {
      brokers.add(node.id());
    }
    Map<String, Long> bytes = new TreeMap<>();
    for (var folders : admin.describeLogDirs(brokers).allDescriptions().get().values()) {
      for (var folder : folders.values()) {
        folder
            .replicaInfos()
            .forEach(
                (partition, replica) -> {
                  if (own(partition.topic())) {
                    bytes.merge(partition.topic(), replica.size(), Long::sum);
                  }
                });
      }
    }
    return bytes;
  }

  /**
   * Makes the segments of all changelogs so large that none is closed, because the cleaner would
   * take away what is to be counted.
   */
  void keep() throws InterruptedException, ExecutionException {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new TreeMap<>(LogBytes::byName);
    ConfigEntry segment = new ConfigEntry(TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT);
    for (String topic : admin.listTopics().names().get()) {
      if (own(topic) && topic.endsWith("-changelog")) {
        changes.put(
            new ConfigResource(ConfigResource.Type.TOPIC, topic),
            List.of(new AlterConfigOp(segment, AlterConfigOp.OpType.SET)));
      }
    }
    admin.incrementalAlterConfigs(changes).all().get();
  }

  private boolean own(String topic) {
    return topic.startsWith(prefix + ".") || topic.startsWith(prefix + "-");
  }

  private static int byName(ConfigResource a, ConfigResource b) {
    return a.name().compareTo(b.name());
  }
}
