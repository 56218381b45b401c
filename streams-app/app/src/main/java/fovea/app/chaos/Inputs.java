package fovea.app.chaos;

import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The endless sequence of images that a run is fed: image i is a function of the pool and i alone.
 *
 * <p>Of every forty, three are about an image before: a correction (greater revision, other
 * content), a revision that comes too late, and the very same again; one is no image at all.
 */
final class Inputs {
  private static final int CYCLE = 40;
  private static final int CORRECTION = 19;
  private static final int SUPERSEDED = 29;
  private static final int REPLAY = 39;
  private static final int DAMAGED = 9;
  private static final int BACK = 11;
  private static final int IMAGES_A_DAY = 1500;
  private static final Instant FIRST_DAY = Instant.parse("2026-01-05T12:00:00Z");

  private final List<Payload> pool;

  Inputs(List<Payload> pool) {
    this.pool = List.copyOf(pool);
  }

  ScreeningImage image(int number) {
    return switch (number % CYCLE) {
      case CORRECTION -> about(number - BACK, 2, number + pool.size() / 2);
      case SUPERSEDED -> about(number - BACK, 0, number + pool.size() / 2);
      case REPLAY -> image(number - BACK);
      case DAMAGED -> damaged(number);
      default -> about(number, 1, number);
    };
  }

  /** Image {@code number} with another's content and site: a correction may move it. */
  private ScreeningImage about(int number, long revision, int content) {
    Payload payload = payload(content);
    return record(number, revision, payload, payload.content());
  }

  private ScreeningImage damaged(int number) {
    byte[] text = ("no image " + number).getBytes(StandardCharsets.UTF_8);
    return record(number, 1, payload(number), ByteBuffer.wrap(text));
  }

  private static ScreeningImage record(
      int number, long revision, Payload known, ByteBuffer content) {
    return known
        .describe(ScreeningImage.newBuilder())
        .setSubjectId("chaos-%06d".formatted(number / 2))
        .setImageId("image-%06d".formatted(number))
        .setRevision(revision)
        .setAcquiredAt(FIRST_DAY.plus(Duration.ofDays(number / IMAGES_A_DAY)))
        .setPayload(new InlinePayload(content.duplicate(), null, null))
        .build();
  }

  private Payload payload(int number) {
    return pool.get(number % pool.size());
  }
}
