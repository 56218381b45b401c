package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.GlobalExplanation;
import fovea.schema.ScreeningImage;
import fovea.streams.application.RocksDbMemory;
import fovea.streams.application.StreamsApplication;
import fovea.streams.application.StreamsSettings;
import fovea.wire.AvroSerde;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.Keys;
import fovea.wire.TopicCatalogue;
import fovea.wire.TopicPolicy;
import fovea.wire.TopicSpec;
import fovea.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both applications on a real broker: images in, committed states out, and again after a stop. */
class ScoreAndAggregateIT {
  private static final int IMAGES = 40;
  private static final int SENT_THRICE = 2_000;
  private static final long PARTITIONS = TopicPolicy.DEFAULT_PARTITIONS;
  private static final LocalDate DAY = LocalDate.parse("2026-03-04");
  private static final LocalDate NEXT_DAY = DAY.plusDays(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Topics topics = new Topics("fovea");
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @TempDir Path directory;

  /** The broker it runs on. */
  KafkaFixture kafka() throws IOException {
    return KafkaFixture.inProcess(directory.resolve("kafka"));
  }

  @Test
  void committedStatesCountEveryImageOnceAndOutliveARestart() throws Exception {
    try (RocksDbMemory memory = new RocksDbMemory(32 << 20);
        KafkaFixture broker = kafka()) {
      String servers = broker.bootstrapServers();
      createTopics(servers);
      publish(servers, 0, "north");
      try (StreamsApplication score = score(servers, memory);
          StreamsApplication aggregate = aggregate(servers, memory)) {
        await(servers, read -> images(read, "north") == IMAGES);

        assertThat(score.health().ready()).isTrue();
        assertThat(aggregate.health().started()).isTrue();
      }
      publish(servers, 0, "north");
      publish(servers, 1, "south");

      try (StreamsApplication score = score(servers, memory);
          StreamsApplication aggregate = aggregate(servers, memory)) {
        // Had a replay been counted, it would still stand in the north.
        await(servers, read -> images(read, "north") == 0 && images(read, "south") == IMAGES);
        assertThat(score.failure()).isEmpty();
        assertThat(meters.get("fovea.lookahead").tag("result", "hit").counter().count())
            .as("images that were begun before their turn")
            .isPositive();
        assertThat(aggregate.failure()).isEmpty();
      }
    }
  }

  /** Every image thrice, and a restart while some are there once, some twice, some not at all. */
  @Test
  void theSameImagesSentThreeTimesAroundARestartAreCountedOnce() throws Exception {
    List<ScreeningImage> images =
        IntStream.range(0, SENT_THRICE).mapToObj(i -> image(i, 0, "north")).toList();
    try (RocksDbMemory memory = new RocksDbMemory(32 << 20);
        KafkaFixture broker = kafka()) {
      String servers = broker.bootstrapServers();
      createTopics(servers);
      publish(servers, images.subList(0, SENT_THRICE * 3 / 4));
      publish(servers, images.subList(0, SENT_THRICE / 2));
      try (StreamsApplication score = score(servers, memory);
          StreamsApplication aggregate = aggregate(servers, memory)) {
        await(servers, read -> images(read, "north") > 0);
        assertThat(score.failure()).isEmpty();
        assertThat(aggregate.failure()).isEmpty();
      }
      publish(servers, images.subList(SENT_THRICE / 2, SENT_THRICE));
      publish(servers, images.subList(SENT_THRICE * 3 / 4, SENT_THRICE));
      publish(servers, images);

      try (StreamsApplication score = score(servers, memory);
          StreamsApplication aggregate = aggregate(servers, memory)) {
        publish(servers, markers());
        await(servers, read -> counted(read, NEXT_DAY).equals(Set.of(PARTITIONS)));
        assertThat(counted(committed(servers), DAY)).containsExactly((long) SENT_THRICE);
        assertThat(score.failure()).isEmpty();
        assertThat(aggregate.failure()).isEmpty();
      }
    }
  }

  /** The counts that there are of a day: of its counters, and of its maps of all images. */
  private static Set<Long> counted(Map<String, GlobalExplanation> read, LocalDate day) {
    return read.values().stream()
        .filter(global -> global.getPane().equals(day))
        .filter(global -> List.of("ALL", "").contains(global.getBasis()))
        .map(GlobalExplanation::getN)
        .collect(Collectors.toSet());
  }

  /**
   * One image of each partition and of the next day, but of the same site and so of the same
   * deltas: when they are counted, so is all that was sent before them.
   */
  private static List<ScreeningImage> markers() {
    Map<Integer, ScreeningImage> markers = new HashMap<>();
    for (int i = 0; markers.size() < PARTITIONS; i++) {
      String subject = "last" + i;
      markers.put(
          Keys.partition(subject, (int) PARTITIONS),
          TestImages.record(subject, "last", TestImages.png(i))
              .setAcquiredAt(TestImages.ACQUIRED.plus(Duration.ofDays(1)))
              .build());
    }
    return List.copyOf(markers.values());
  }

  private static long images(Map<String, GlobalExplanation> read, String site) {
    return read.values().stream()
        .filter(global -> global.getQuantity().equals("COUNTERS") && global.getSite().equals(site))
        .mapToLong(GlobalExplanation::getN)
        .sum();
  }

  private StreamsApplication application(String name, Topology topology, Properties settings) {
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, StreamsSettings.applicationId("fovea", name));
    StreamsApplication application = new StreamsApplication(topology, settings, meters);
    application.start();
    return application;
  }

  private Properties settings(String servers, RocksDbMemory memory) {
    return StreamsSettings.of("fovea", servers, directory.resolve("state")).properties(memory);
  }

  private StreamsApplication score(String servers, RocksDbMemory memory) {
    ServedModels models = new ServedModels(List.of(TestModels.fundus("m", 2)));
    ScoreTopology score =
        new ScoreTopology(topics, ScoreRig.POLICY, new ScorePorts(registry, models, meters));
    Properties settings = settings(servers, memory);
    settings.putAll(score.settings());
    return application("score", score.topology(), settings);
  }

  private StreamsApplication aggregate(String servers, RocksDbMemory memory) {
    Topology topology =
        new AggregateTopology(
                topics,
                AggregatePolicy.DEFAULT,
                new AggregatePorts(registry, AggregateRig.FINGERPRINT, meters))
            .topology();
    return application("aggregate", topology, settings(servers, memory));
  }

  private void createTopics(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(
              new TopicCatalogue(topics, TopicPolicy.defaults())
                  .all().stream().map(TopicSpec::newTopic).toList())
          .all()
          .get();
    }
  }

  private void publish(String servers, long revision, String site) throws Exception {
    publish(servers, IntStream.range(0, IMAGES).mapToObj(i -> image(i, revision, site)).toList());
  }

  private static ScreeningImage image(int number, long revision, String site) {
    return TestImages.record("s" + number % 11, "i" + number, TestImages.png(number))
        .setRevision(revision)
        .setSite(site)
        .build();
  }

  private void publish(String servers, List<ScreeningImage> images) throws Exception {
    try (KafkaProducer<String, ScreeningImage> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new StringSerializer(),
            new AvroSerde<>(ScreeningImage.class, registry).serializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (ScreeningImage image : images) {
        sent.add(producer.send(new ProducerRecord<>(topics.images(), image.getSubjectId(), image)));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }
  }

  /** The last record of each key that is committed now. */
  private Map<String, GlobalExplanation> committed(String servers) {
    Map<String, GlobalExplanation> known = new HashMap<>();
    try (KafkaConsumer<String, GlobalExplanation> consumer = reader(servers)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topics.globalExplanations()).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        poll(consumer, known);
      }
    }
    return known;
  }

  /** Waits until a new reader's last committed record of each key is as {@code expected}. */
  private void await(String servers, Predicate<Map<String, GlobalExplanation>> expected) {
    Map<String, GlobalExplanation> known = new HashMap<>();
    try (KafkaConsumer<String, GlobalExplanation> consumer = reader(servers)) {
      consumer.subscribe(List.of(topics.globalExplanations()));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                poll(consumer, known);
                return expected.test(known);
              });
    }
  }

  private KafkaConsumer<String, GlobalExplanation> reader(String servers) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", servers,
            "group.id", "reader",
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed"),
        new StringDeserializer(),
        new AvroSerde<>(GlobalExplanation.class, registry).deserializer());
  }

  private static void poll(
      KafkaConsumer<String, GlobalExplanation> consumer, Map<String, GlobalExplanation> known) {
    for (ConsumerRecord<String, GlobalExplanation> sent : consumer.poll(Duration.ofMillis(200))) {
      if (sent.value() == null) {
        known.remove(sent.key());
      } else {
        known.put(sent.key(), sent.value());
      }
    }
  }
}
