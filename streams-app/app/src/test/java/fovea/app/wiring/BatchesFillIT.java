package fovea.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.inference.BatchPolicy;
import fovea.inference.Batcher;
import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import fovea.streams.ServedModels;
import fovea.wire.AvroSerde;
import fovea.wire.AvroSerdes;
import fovea.wire.HttpSchemaRegistry;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand queued images before an engine whose batches cost the same, however full. */
class BatchesFillIT {
  private static final Path ROOT = Path.of(System.getProperty("fovea.root", "../.."));
  private static final int IMAGES = 1000;
  private static final int MOST = 16;

  @TempDir private Path directory;

  @Test
  void batchesAreNearlyFullThoughTwoThreadsGoImageByImage() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (EmbeddedServices services = EmbeddedServices.start(directory, 0)) {
      FoveaConfig config = config(services);
      try (HttpSchemaRegistry registry = new HttpSchemaRegistry(config.registry().urls());
          Batcher batcher = new Batcher(BatchPolicy.of(MOST, 1), meters);
          LoadedModels models =
              LoadedModels.load(
                  config.models(), Engines.standard(e -> batcher.over(new FixedCost(e))));
          Applications applications = new Applications(config, AvroSerdes.own(registry), meters)) {
        new TopicSetup(config.topics()).prepare(Map.of("bootstrap.servers", servers(config)));
        publish(config, registry);

        applications.startScore(new ServedModels(models.serving()));
        await().atMost(Duration.ofMinutes(2)).until(() -> scored(meters) == IMAGES);

        DistributionSummary batches = meters.get("fovea.batch.images").summary();
        assertThat(batches.totalAmount()).isEqualTo(IMAGES);
        assertThat(batches.mean()).isGreaterThanOrEqualTo(0.8 * MOST);
      }
    }
  }

  private static double scored(SimpleMeterRegistry meters) {
    return Search.in(meters).name("fovea.images.scored").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private FoveaConfig config(EmbeddedServices services) {
    return FoveaConfig.of(
        Settings.defaults()
            .with("kafka.bootstrap.servers", services.bootstrapServers(), "test")
            .with("registry.url", services.registryUrl().toString(), "test")
            .with("models.serve", "fundus-phantom", "test")
            .with("state.dir", directory.resolve("state").toString(), "test")
            .with("quality.sample", "0", "test")
            .with("score.threads", "2", "test")
            .with("score.lookahead", String.valueOf(MOST), "test"),
        ROOT);
  }

  private static String servers(FoveaConfig config) {
    return config.kafka().bootstrapServers();
  }

  private static void publish(FoveaConfig config, HttpSchemaRegistry registry) throws IOException {
    byte[] content = png();
    try (KafkaProducer<String, ScreeningImage> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers(config)),
            new StringSerializer(),
            new AvroSerde<>(ScreeningImage.class, registry).serializer())) {
      for (int i = 0; i < IMAGES; i++) {
        ScreeningImage image =
            ScreeningImage.newBuilder()
                .setSubjectId("subject-" + i)
                .setImageId("image-" + i)
                .setSite("north")
                .setModality("OP")
                .setLaterality("L")
                .setAcquiredAt(Instant.now())
                .setPayload(new InlinePayload(ByteBuffer.wrap(content), null, null))
                .build();
        var _ =
            producer.send(
                new ProducerRecord<>(
                    config.topics().names().images(), image.getSubjectId(), image));
      }
    }
  }

  /** As small as can be: it is the engine that is to be waited for. */
  private static byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", out);
    return out.toByteArray();
  }

  /** Answers a batch of any size after the same time, with what the engine gives for one image. */
  private static final class FixedCost implements Classifier {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Classifier model;
    private Optional<Outputs> one = Optional.empty();

    FixedCost(Classifier model) {
      this.model = model;
    }

    @Override
    public EngineReport engine() {
      return model.engine();
    }

    /** By the one worker there is. */
    @Override
    public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
      long end = System.nanoTime() + NANOS;
      Outputs answer =
          one.orElseGet(
              () -> model.classify(batch.first(1)).toCompletableFuture().join().getFirst());
      one = Optional.of(answer);
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      return CompletableFuture.completedStage(Collections.nCopies(batch.count(), answer));
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
