package fovea.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fovea.app.ingest.Connection;
import fovea.app.wiring.Registries;
import fovea.core.aggregate.Fingerprint;
import fovea.core.aggregate.KeyText;
import fovea.schema.Explanation;
import fovea.wire.AvroSerde;
import fovea.wire.HttpSchemaRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers at full speed beside a writer at full speed, while what writes is really killed. */
class ReadBesideKillsIT {
  private static final String PREFIX = "read";
  private static final String KEY = "a key of the readers' test";
  private static final int IMAGES = 4_000;
  private static final int KILLS = 3;
  private static final int REPLAYED = 10;
  private static final int BACK = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<Set<String>> QUESTIONS =
      List.of(
          Set.of(),
          Set.of(KnownStream.site(0)),
          Set.of(KnownStream.site(1)),
          Set.of(KnownStream.site(2)),
          Set.of(KnownStream.site(3)));

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicLong seenByPort = new AtomicLong();
  private final AtomicLong seenByApi = new AtomicLong();

  @TempDir private Path work;

  @Test
  void noAnswerIsOfTwoMomentsAndNoCountFalls()
      throws IOException, InterruptedException, ExecutionException {
    KnownStream stream =
        new KnownStream(
            IMAGES, new Fingerprint(KEY.getBytes(StandardCharsets.UTF_8)), Instant.now());
    try (Cluster cluster = Cluster.start(work)) {
      cluster.makeTopics(PREFIX);
      Connection connection = cluster.connection(PREFIX);
      try (HttpSchemaRegistry registry = Registries.of(connection);
          ReadSide side = new ReadSide(connection.topics(), registry);
          Instances instances = new Instances(work, connection, start());
          ExecutorService threads = Executors.newFixedThreadPool(3)) {
        side.follow(connection);
        List<Future<?>> tasks =
            List.of(
                threads.submit(() -> readPort(side, new StrictReader(stream))),
                threads.submit(() -> readApi(side, new StrictReader(stream))),
                threads.submit(() -> write(stream, connection)));
        try {
          killNowAndThen(instances, tasks);
        } finally {
          done.set(true);
        }
        for (Future<?> task : tasks) {
          task.get();
        }
        assertThat(instances.ends()).isEmpty();
      }
    }
  }

  private static Instances.Start start() {
    return new Instances.Start(ApplicationProcess.class.getName(), 2, 1)
        .with(
            Map.of(
                "apps",
                "aggregate",
                "commit.interval",
                "PT0.1S",
                "aggregate.emit.interval",
                "PT0.1S",
                "aggregate.keys",
                "100",
                "privacy.hmac.key",
                KEY));
  }

  private void killNowAndThen(Instances instances, List<Future<?>> tasks)
      throws InterruptedException, IOException {
    for (int kill = 1; kill <= KILLS; kill++) {
      awaitSeen((long) IMAGES * kill / (KILLS + 1), tasks);
      instances.kill(0);
      instances.start(0);
    }
    awaitSeen(IMAGES, tasks);
  }

  /** Until every reader has seen so many, or a task has come to its end by a fault. */
  private void awaitSeen(long images, List<Future<?>> tasks) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                (seenByPort.get() >= images && seenByApi.get() >= images)
                    || tasks.stream().anyMatch(one -> one.state() == Future.State.FAILED));
  }

  private void readPort(ReadSide side, StrictReader reader) {
    for (int i = 0; !done.get(); i++) {
      Set<String> sites = QUESTIONS.get(i % QUESTIONS.size());
      side.port(sites).ifPresent(map -> note(sites, reader.see(sites.toString(), map), seenByPort));
    }
  }

  private void readApi(ReadSide side, StrictReader reader) {
    for (int i = 0; !done.get(); i++) {
      Set<String> sites = QUESTIONS.get(i % QUESTIONS.size());
      side.api(sites).ifPresent(map -> note(sites, reader.see(sites.toString(), map), seenByApi));
    }
  }

  private static void note(Set<String> sites, long n, AtomicLong seen) {
    if (sites.isEmpty()) {
      seen.set(n);
    }
  }

  /** Every image, and of every ten one that was sent before. */
  private static void write(KnownStream stream, Connection connection) {
    try (HttpSchemaRegistry registry = Registries.of(connection);
        KafkaProducer<String, Explanation> producer =
            new KafkaProducer<>(
                connection.client(
                    Map.of(
                        "linger.ms", "5",
                        "batch.size", "262144",
                        // A new producer's first batches may change places when one is retried.
                        "max.in.flight.requests.per.connection", "1")),
                new StringSerializer(),
                new AvroSerde<>(Explanation.class, registry).serializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < stream.images(); i++) {
        sent.add(producer.send(record(stream, connection, i)));
        if (i >= BACK && i % REPLAYED == 0) {
          sent.add(producer.send(record(stream, connection, i - BACK)));
        }
      }
      producer.flush();
      assertThat(sent).allMatch(one -> one.state() == Future.State.SUCCESS);
    }
  }

  private static ProducerRecord<String, Explanation> record(
      KnownStream stream, Connection connection, int image) {
    Explanation e = stream.explanation(image);
    return new ProducerRecord<>(
        connection.topics().explanations(),
        KnownStream.partition(image),
        stream.at().toEpochMilli(),
        KeyText.join(e.getSubjectId(), e.getImageId(), e.getModel(), e.getModelVersion()),
        e);
  }
}
