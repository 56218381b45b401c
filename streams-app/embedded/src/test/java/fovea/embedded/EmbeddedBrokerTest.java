package fovea.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import fovea.wire.TopicCatalogue;
import fovea.wire.TopicPolicy;
import fovea.wire.TopicSpec;
import fovea.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final TopicCatalogue CATALOGUE =
      new TopicCatalogue(new Topics("fovea"), TopicPolicy.defaults());
  private static final TopicPartition IMAGES = new TopicPartition("fovea.images", 1);

  @TempDir private Path directory;

  @Test
  void topicsAndCommittedRecordsOutliveARestart() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, 0)) {
      create(broker);
      produce(broker, "first", 10);
      produce(broker, "large", 7_000_000);
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, 0)) {
      produce(broker, "second", 20);

      assertThat(sizes(broker, 3)).containsExactly(10, 7_000_000, 20);
      assertSettings(broker);
    }
  }

  @Test
  void aTransactionThatACrashLeftOpenHoldsNobodyUp() throws Exception {
    Path crashed = directory.resolve("crashed");
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("running"), 0, 0)) {
      create(broker);
      produce(broker, "before", 10);
      try (KafkaProducer<byte[], byte[]> open = producer(broker, "open")) {
        send(open, 15);
        copy(directory.resolve("running"), crashed);
      }
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(crashed, 0, 0)) {
      produce(broker, "after", 20);

      assertThat(sizes(broker, 2)).containsExactly(10, 20);
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (BusyPort busy = BusyPort.take()) {
      assertThatIOException()
          .isThrownBy(() -> EmbeddedBroker.start(directory, busy.number(), 0))
          .withMessageContaining("port " + busy.number());
    }
  }

  private static void create(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(client(broker))) {
      admin.createTopics(CATALOGUE.all().stream().map(TopicSpec::newTopic).toList()).all().get();
    }
  }

  private static void assertSettings(EmbeddedBroker broker)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(client(broker))) {
      for (TopicSpec topic : CATALOGUE.all()) {
        ConfigResource name = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        Map<String, String> held = new HashMap<>();
        admin
            .describeConfigs(List.of(name))
            .all()
            .get()
            .values()
            .forEach(
                config -> config.entries().forEach(entry -> held.put(entry.name(), entry.value())));
        assertThat(held).containsAllEntriesOf(topic.configs());
      }
    }
  }

  private static void produce(EmbeddedBroker broker, String id, int size)
      throws InterruptedException, ExecutionException {
    try (KafkaProducer<byte[], byte[]> producer = producer(broker, id)) {
      send(producer, size);
      producer.commitTransaction();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker, String id) {
    Map<String, Object> settings = client(broker);
    settings.put("transactional.id", id);
    settings.put("transaction.timeout.ms", 1000);
    settings.put("max.request.size", TopicPolicy.DEFAULT_MAX_MESSAGE_BYTES);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, int size)
      throws InterruptedException, ExecutionException {
    producer.initTransactions();
    producer.beginTransaction();
    producer
        .send(new ProducerRecord<>(IMAGES.topic(), IMAGES.partition(), new byte[1], new byte[size]))
        .get();
  }

  /** What a kill would leave of a broker that runs. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static List<Integer> sizes(EmbeddedBroker broker, int expected) {
    Map<String, Object> settings = client(broker);
    settings.put("isolation.level", "read_committed");
    List<Integer> sizes = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(IMAGES));
      consumer.seekToBeginning(List.of(IMAGES));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(record -> sizes.add(record.value().length));
                return sizes.size() >= expected;
              });
    }
    return sizes;
  }

  private static Map<String, Object> client(EmbeddedBroker broker) {
    return new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
