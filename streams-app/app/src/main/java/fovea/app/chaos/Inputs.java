package fovea.app.chaos;

import fovea.schema.Erasure;
import fovea.schema.InlinePayload;
import fovea.schema.Outcome;
import fovea.schema.Region;
import fovea.schema.ScreeningImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The endless sequence of images that a run is fed: image i is a function of the pool and i alone.
 *
 * <p>Of every forty, three are about an image before: a correction (greater revision, other
 * content), a revision that comes too late, and the very same again; one is no image at all.
 *
 * <p>Of every twelve, three bring an outcome: of that image, before it is explained; of an image
 * long before; and another one of an image that has one, of which half are older than it.
 *
 * <p>Of every eighty, four bring an erasure: of an image that is corrected afterwards, of a subject
 * one of whose images is sent again afterwards, of a subject whose images are still to come, and of
 * what there was of a subject at a moment long before.
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

  private static final int OUTCOME_CYCLE = 12;
  private static final int EARLY = 1;
  private static final int LATE = 4;
  private static final int LATE_BACK = 40;
  private static final int SECOND = 10;
  private static final int SECOND_BACK = 45;

  private static final int ERASURE_CYCLE = 80;
  private static final int BEFORE_CORRECTION = 12;
  private static final int BEFORE_CORRECTION_BACK = 4;
  private static final int BEFORE_REPLAY = 35;
  private static final int BEFORE_REPLAY_BACK = 7;
  private static final int ON_THE_WAY = 51;
  private static final int LONG_BEFORE = 70;
  private static final int LONG_BEFORE_BACK = 60;

  private final List<Payload> pool;
  private final List<String> labels;
  private final Instant first;

  /**
   * @param first timestamp of the record of input 0; each further one is a millisecond later
   * @param labels of the model, which outcomes speak of
   */
  Inputs(Instant first, List<Payload> pool, List<String> labels) {
    this.first = first;
    this.pool = List.copyOf(pool);
    this.labels = List.copyOf(labels);
  }

  /** The timestamp of the records of input {@code number}: it tells which one it was. */
  Instant at(int number) {
    return first.plusMillis(number);
  }

  /** Who is to be forgotten when image {@code number} is sent. */
  Optional<Erasure> erasure(int number) {
    int image = number - LONG_BEFORE_BACK;
    return switch (number % ERASURE_CYCLE) {
      case BEFORE_CORRECTION ->
          Optional.of(erasureOfImage(number, number - BEFORE_CORRECTION_BACK));
      case BEFORE_REPLAY -> Optional.of(erasure(number, number - BEFORE_REPLAY_BACK, number));
      case ON_THE_WAY -> Optional.of(erasure(number, number + 1, number + 2));
      case LONG_BEFORE -> Optional.of(erasure(number, image, image));
      default -> Optional.empty();
    };
  }

  private Erasure erasureOfImage(int number, int image) {
    return request(number, image, number).setImageId(identity(image)).build();
  }

  private Erasure erasure(int number, int of, int until) {
    return request(number, of, until).build();
  }

  private Erasure.Builder request(int number, int of, int until) {
    return Erasure.newBuilder()
        .setSubjectId(subject(of))
        .setEffectiveAt(at(until))
        .setRequestId("erasure-%06d".formatted(number));
  }

  /** What comes to be known when image {@code number} is sent. */
  Optional<Outcome> outcome(int number) {
    return switch (number % OUTCOME_CYCLE) {
      case EARLY -> Optional.of(outcome(number, number));
      case LATE -> back(number, LATE_BACK);
      case SECOND -> back(number, SECOND_BACK);
      default -> Optional.empty();
    };
  }

  private Optional<Outcome> back(int number, int by) {
    return number < by ? Optional.empty() : Optional.of(outcome(number - by, number));
  }

  private Outcome outcome(int image, int number) {
    boolean odd = number / OUTCOME_CYCLE % 2 == 1;
    List<String> confirmed = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      if ((number / OUTCOME_CYCLE + i) % 3 == 0) {
        confirmed.add(labels.get(i));
      }
    }
    return Outcome.newBuilder()
        .setSubjectId(subject(image))
        .setImageId(identity(image))
        .setLabels(confirmed)
        .setAssessed(odd ? labels.subList(0, 1) : List.of())
        .setRegions(regions(confirmed, number))
        .setConfirmedAt(FIRST_DAY.plus(Duration.ofMinutes(odd ? -number : number)))
        .build();
  }

  /** One box in three has no side, and is ignored. */
  private static List<Region> regions(List<String> confirmed, int number) {
    int side = number % 3 * 40;
    return confirmed.stream().map(label -> new Region(label, 50, 60, side, 30)).toList();
  }

  private static String subject(int number) {
    return "chaos-%06d".formatted(number / 2);
  }

  private static String identity(int number) {
    return "image-%06d".formatted(number);
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
        .setSubjectId(subject(number))
        .setImageId(identity(number))
        .setRevision(revision)
        .setAcquiredAt(FIRST_DAY.plus(Duration.ofDays(number / IMAGES_A_DAY)))
        .setPayload(new InlinePayload(content.duplicate(), null, null))
        .build();
  }

  private Payload payload(int number) {
    return pool.get(number % pool.size());
  }
}
