package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.map.KeyCount;
import fovea.core.moments.Moments;
import fovea.embedded.EmbeddedBroker;
import fovea.query.read.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadModelsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final Records records = new Records();
  private final AggregateKey key = Records.key("PNEUMONIA", Basis.ALL, "north", Records.DAY);

  @Test
  void whatIsCommittedIsHeldAndOutlivesTheBroker(@TempDir Path folder)
      throws IOException, ExecutionException, InterruptedException {
    EmbeddedBroker first = EmbeddedBroker.start(folder, 0, 0);
    String servers = first.bootstrapServers();
    int port = Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
    createTopics(servers);
    send(servers, true, records.map(key, spot(3), Records.AT));
    send(servers, false, records.map(key, spot(9), Records.AT));

    try (ReadModels models = models()) {
      models.start(Map.of("bootstrap.servers", servers));
      await().atMost(PATIENCE).until(models::caughtUp);
      assertThat(n(models)).isEqualTo(3);
      assertThat(models.trouble()).isEmpty();

      first.close();
      await().atMost(PATIENCE).until(() -> models.trouble().isPresent());
      assertThat(models.trouble().orElseThrow()).contains("broker does not answer");
      assertThat(n(models)).isEqualTo(3);

      try (EmbeddedBroker second = EmbeddedBroker.start(folder, port, 0)) {
        send(second.bootstrapServers(), true, records.map(key, spot(4), Records.AT));
        await().atMost(PATIENCE).until(() -> n(models) == 4);
        await().atMost(PATIENCE).until(() -> models.trouble().isEmpty());
        assertThat(models.standings()).allMatch(Standing::caughtUp);
      }
    }
  }

  private ReadModels models() {
    return new ReadModels(
        Records.TOPICS, records.registry, ReadModelLimits.defaults(), InstantSource.system());
  }

  private static Moments spot(int n) {
    return Records.spot(n, 4, 4, 5, 16384);
  }

  private static long n(ReadModels models) {
    return models.maps().keys().mapToLong(KeyCount::n).sum();
  }

  static void createTopics(String servers) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      List<NewTopic> topics =
          Stream.of(
                  Records.TOPICS.globalExplanations(),
                  Records.TOPICS.explanations(),
                  Records.TOPICS.deadLetters(),
                  Records.TOPICS.models())
              .map(name -> new NewTopic(name, 2, (short) 1))
              .toList();
      admin.createTopics(topics).all().get();
    }
  }

  static void send(String servers, boolean commit, ConsumerRecord<byte[], byte[]> record) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", servers, "transactional.id", "t-" + record.offset());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      Future<?> sent =
          producer.send(new ProducerRecord<>(record.topic(), record.key(), record.value()));
      producer.flush();
      assertThat(sent).isDone();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }
}
