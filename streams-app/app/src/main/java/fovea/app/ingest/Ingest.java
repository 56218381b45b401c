package fovea.app.ingest;

import fovea.schema.DeadLetter;
import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import fovea.wire.AvroSerdes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Publishes a folder of images and, if asked, waits for the answer to each.
 *
 * <p>Used once, by one thread. Closing it closes its clients.
 */
public final class Ingest implements AutoCloseable {
  /** Room for the envelope of a record, so that the greatest image still fits. */
  private static final int ENVELOPE_BYTES = 64 << 10;

  private final Batch batch;
  private final ImagePublisher publisher;
  private final Optional<Arrivals> arrivals;
  private final List<String> tooLarge = new ArrayList<>();
  private final List<Exception> failures = Collections.synchronizedList(new ArrayList<>());
  private int published;

  /**
   * What is the same of every image of a folder.
   *
   * @param site where they were taken
   * @param modality DICOM code or common name
   * @param acquiredAt when they were taken
   */
  public record Batch(String site, String modality, Instant acquiredAt) {}

  /** How it ended. */
  public record Summary(
      int published,
      int explained,
      int deadLetters,
      Map<String, Integer> reasons,
      int unanswered,
      List<String> skipped,
      List<String> missing,
      List<String> tooLarge) {}

  /** Learns how far it is; called from the thread that runs it. */
  public interface Progress {
    /** Images published, answered, and to publish in all. */
    void at(int published, int answered, int total);
  }

  public Ingest(Connection connection, AvroSerdes serdes, Batch batch, boolean wait) {
    this.batch = batch;
    this.arrivals =
        wait
            ? Optional.of(new Arrivals(connection, serdes.of(DeadLetter.class).deserializer()))
            : Optional.empty();
    this.publisher = new ImagePublisher(connection, serdes.of(ScreeningImage.class).serializer());
  }

  /**
   * Publishes every listing of {@code folder}.
   *
   * @param patience when waiting, how long nothing may arrive before it gives up
   * @throws IOException if a file cannot be read or the brokers refuse an image
   */
  public Summary run(Folder folder, Duration patience, Progress progress) throws IOException {
    int total = folder.listings().size();
    for (Listing listing : folder.listings()) {
      publish(listing);
      arrivals.ifPresent(a -> a.poll(Duration.ZERO));
      progress.at(published, answered(), total);
    }
    publisher.flush();
    if (!failures.isEmpty()) {
      throw new IOException("an image was not taken: " + failures.getFirst().getMessage());
    }
    if (arrivals.isPresent()) {
      await(arrivals.get(), patience, progress, total);
    }
    return new Summary(
        published,
        arrivals.map(Arrivals::explained).orElse(0),
        arrivals.map(Arrivals::deadLetters).orElse(0),
        arrivals.map(Arrivals::reasons).orElse(Map.of()),
        arrivals.map(Arrivals::unanswered).orElse(0),
        folder.skipped(),
        folder.missing(),
        List.copyOf(tooLarge));
  }

  private void publish(Listing listing) throws IOException {
    if (Files.size(listing.file()) > ImagePublisher.MAX_RECORD_BYTES - ENVELOPE_BYTES) {
      tooLarge.add(listing.imageId());
      return;
    }
    ScreeningImage image = image(listing);
    arrivals.ifPresent(a -> a.sending(listing.subjectId(), listing.imageId()));
    var _ = publisher.publish(image, (where, failure) -> acknowledged(listing, where, failure));
    published++;
  }

  private void acknowledged(Listing listing, RecordMetadata where, Exception failure) {
    if (failure != null) {
      failures.add(failure);
      arrivals.ifPresent(a -> a.notSent(listing.subjectId(), listing.imageId()));
    } else {
      arrivals.ifPresent(
          a -> a.sent(listing.subjectId(), listing.imageId(), where.partition(), where.offset()));
    }
  }

  private ScreeningImage image(Listing listing) throws IOException {
    return ScreeningImage.newBuilder()
        .setSubjectId(listing.subjectId())
        .setImageId(listing.imageId())
        .setExamId(listing.examId().orElse(null))
        .setSite(batch.site())
        .setDevice(listing.device().orElse(null))
        .setModality(batch.modality())
        .setView(listing.view().orElse(null))
        .setLaterality(listing.laterality().orElse(null))
        .setAcquiredAt(batch.acquiredAt())
        .setPayload(
            new InlinePayload(ByteBuffer.wrap(Files.readAllBytes(listing.file())), null, null))
        .build();
  }

  private void await(Arrivals answers, Duration patience, Progress progress, int total) {
    Duration quiet = Duration.ZERO;
    Duration step = Duration.ofMillis(250);
    while (answers.unanswered() > 0 && quiet.compareTo(patience) < 0) {
      quiet = answers.poll(step) ? Duration.ZERO : quiet.plus(step);
      progress.at(published, answered(), total);
    }
  }

  private int answered() {
    return arrivals.map(a -> a.explained() + a.deadLetters()).orElse(0);
  }

  @Override
  public void close() {
    publisher.close();
    arrivals.ifPresent(Arrivals::close);
  }
}
