package fovea.streams;

import fovea.schema.ScreeningImage;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What must hold of an image record's fields. Messages name the field, never its text.
 *
 * <p>Identities become parts of keys, and strata travel with every explanation, hence the bounds. A
 * time of acquisition is absurd before 1900, when there were no images, and more than a day after
 * the record's Kafka timestamp: clocks err and time zones are lost, but not by more.
 */
final class ImageFields {
  private static final int MAX_IDENTITY = 256;
  private static final int MAX_STRATA = 16;
  private static final int MAX_STRATUM = 64;
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Duration AHEAD = Duration.ofHours(24);

  private ImageFields() {}

  /** The first rule that does not hold. */
  static Optional<Refusal> broken(ScreeningImage image, Instant ingestedAt) {
    return identity("subjectId", image.getSubjectId())
        .or(() -> identity("imageId", image.getImageId()))
        .or(() -> identity("site", image.getSite()))
        .or(() -> identity("modality", image.getModality()))
        .or(() -> strata(image.getStrata()))
        .map(message -> Refusal.of(Reason.FIELD, message))
        .or(() -> clock(image.getAcquiredAt(), ingestedAt));
  }

  private static Optional<String> identity(String name, String text) {
    if (text.isBlank()) {
      return Optional.of(name + " is blank");
    }
    return text.length() > MAX_IDENTITY
        ? Optional.of(
            "%s has %d characters, more than %d".formatted(name, text.length(), MAX_IDENTITY))
        : Optional.empty();
  }

  private static Optional<String> strata(Map<String, String> strata) {
    if (strata.size() > MAX_STRATA) {
      return Optional.of("%d strata, more than %d".formatted(strata.size(), MAX_STRATA));
    }
    for (Map.Entry<String, String> stratum : strata.entrySet()) {
      if (stratum.getKey().length() > MAX_STRATUM || stratum.getValue().length() > MAX_STRATUM) {
        return Optional.of("a stratum has more than " + MAX_STRATUM + " characters");
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> clock(Instant acquiredAt, Instant ingestedAt) {
    if (acquiredAt.isBefore(EARLIEST)) {
      return Optional.of(Refusal.of(Reason.CLOCK, "acquiredAt is before " + EARLIEST));
    }
    return acquiredAt.isAfter(ingestedAt.plus(AHEAD))
        ? Optional.of(
            Refusal.of(Reason.CLOCK, "acquiredAt is more than 24 hours after the record's time"))
        : Optional.empty();
  }
}
