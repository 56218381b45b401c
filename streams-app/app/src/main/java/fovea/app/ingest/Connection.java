package fovea.app.ingest;

import fovea.wire.Topics;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How to reach a Fovea by its topics.
 *
 * @param bootstrapServers the brokers
 * @param registry the schema registry's URLs
 * @param topics topic names
 * @param properties handed to every Kafka client as they are
 * @param registryProperties handed to the registry's client as they are
 * @param serde class of the records' serdes; empty for Fovea's own
 */
public record Connection(
    String bootstrapServers,
    List<URI> registry,
    Topics topics,
    Map<String, String> properties,
    Map<String, String> registryProperties,
    Optional<String> serde) {

  /** Properties of a client, with {@code more} on top. */
  public Map<String, Object> client(Map<String, Object> more) {
    Map<String, Object> out = new HashMap<>(properties);
    out.put("bootstrap.servers", bootstrapServers);
    out.putAll(more);
    return out;
  }

  /** A consumer of committed records, as bytes, without a group; its caller closes it. */
  public KafkaConsumer<byte[], byte[]> reader() {
    return new KafkaConsumer<>(
        client(Map.of("isolation.level", "read_committed", "enable.auto.commit", "false")),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Every partition of {@code topic}, as {@code reader} learns of them. */
  public static List<TopicPartition> partitions(Consumer<?, ?> reader, String topic) {
    return reader.partitionsFor(topic).stream()
        .map(p -> new TopicPartition(topic, p.partition()))
        .toList();
  }
}
