package fovea.app.wiring;

import fovea.app.ingest.Connection;
import fovea.app.ingest.ImagePublisher;
import fovea.core.phantom.ImageFile;
import fovea.core.phantom.Phantom;
import fovea.core.phantom.PhantomImage;
import fovea.core.phantom.PhantomSpec;
import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import fovea.wire.AvroSerdes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the phantom's images at a steady rate, as a camera would: taken now.
 *
 * <p>Goes on where the images topic ends, so that a second start continues the programme instead of
 * repeating it. One thread of its own; what stops it is {@link #failure()}.
 */
public final class PhantomStream implements AutoCloseable {
  private static final int SIDE = 224;

  private final Phantom phantom;
  private final ImagePublisher publisher;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("phantom-stream").daemon().factory());
  private final AtomicLong next;
  private final AtomicLong published = new AtomicLong();
  private final AtomicReference<Optional<Throwable>> refused =
      new AtomicReference<>(Optional.empty());
  private volatile @Nullable ScheduledFuture<?> ticking;

  private PhantomStream(Phantom phantom, ImagePublisher publisher, long first) {
    this.phantom = phantom;
    this.publisher = publisher;
    this.next = new AtomicLong(first);
  }

  /** Starts publishing {@code rate} images a second. */
  public static PhantomStream start(Connection connection, long seed, int rate) {
    Phantom phantom = new Phantom(PhantomSpec.of(seed, Instant.EPOCH).withSide(SIDE));
    AvroSerdes serdes = Registries.serdes(connection, Registries.of(connection));
    ImagePublisher publisher =
        new ImagePublisher(connection, serdes.of(ScreeningImage.class).serializer());
    PhantomStream stream = new PhantomStream(phantom, publisher, published(connection));
    stream.begin(rate);
    return stream;
  }

  /** How many this stream has published. */
  public long published() {
    return published.get();
  }

  /** Why it stopped by itself, if it did. */
  public Optional<Throwable> failure() {
    ScheduledFuture<?> running = ticking;
    if (running != null && running.state() == Future.State.FAILED) {
      return Optional.of(running.exceptionNow());
    }
    return refused.get();
  }

  private void begin(int rate) {
    ticking =
        clock.scheduleAtFixedRate(
            this::publishNext, 0, TimeUnit.SECONDS.toNanos(1) / rate, TimeUnit.NANOSECONDS);
  }

  private void publishNext() {
    ScreeningImage image = record(phantom.image(next.getAndIncrement()), Instant.now());
    var _ =
        publisher.publish(
            image,
            (where, problem) -> {
              if (problem == null) {
                published.incrementAndGet();
              } else {
                refused.set(Optional.of(problem));
              }
            });
  }

  /** A phantom image as its clinic would publish it. */
  public static ScreeningImage record(PhantomImage image, Instant acquiredAt) {
    byte[] content = ImageFile.JPEG.encode(image.raster());
    return ScreeningImage.newBuilder()
        .setSubjectId(image.subjectId())
        .setImageId(image.imageId())
        .setExamId(image.examId())
        .setExpectedViews(2)
        .setSite(image.site())
        .setDevice(image.device())
        .setSoftwareVersion(image.softwareVersion())
        .setModality(image.modality())
        .setView(image.view())
        .setLaterality(image.laterality())
        .setAcquiredAt(acquiredAt)
        .setPayload(new InlinePayload(ByteBuffer.wrap(content), ImageFile.JPEG.mediaType(), null))
        .build();
  }

  private static long published(Connection connection) {
    try (KafkaConsumer<byte[], byte[]> consumer = connection.reader()) {
      List<TopicPartition> partitions =
          Connection.partitions(consumer, connection.topics().images());
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Stops and waits until what was published is acknowledged. Closing again does nothing. */
  @Override
  public void close() {
    clock.close();
    publisher.close();
  }
}
