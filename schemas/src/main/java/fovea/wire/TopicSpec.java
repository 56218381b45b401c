package fovea.wire;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One topic as Fovea wants it. Immutable.
 *
 * @param name the full name, prefix included
 * @param partitions how many; fixed for life
 * @param configs Kafka's topic settings, by key
 * @param record schema of the values
 * @param key what the record keys are made of, in words
 */
public record TopicSpec(
    String name, int partitions, Map<String, String> configs, Schema record, String key) {
  public TopicSpec {
    if (name.length() > 249 || !name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException("not a topic name: '" + name + "'");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "topic " + name + " needs at least one partition: " + partitions);
    }
    configs = Map.copyOf(configs);
  }

  /** The subject under which a registry keeps the schema of the values. */
  public String subject() {
    return name + "-value";
  }

  /** The settings in the order of their keys. */
  public SortedMap<String, String> sortedConfigs() {
    return new TreeMap<>(configs);
  }

  /** What an admin client creates; the replication factor is the broker's default. */
  public NewTopic newTopic() {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
  }
}
