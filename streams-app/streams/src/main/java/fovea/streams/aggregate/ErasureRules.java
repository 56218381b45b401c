package fovea.streams.aggregate;

import fovea.schema.Erasure;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.time.Instant;
import java.util.Optional;

/** An erasure names a subject, and is not of a time to come: it would refuse images until then. */
final class ErasureRules implements Rules<Erasure> {

  @Override
  public String kind() {
    return "erasure";
  }

  @Override
  public Optional<Refusal> broken(Erasure x, Instant recordedAt) {
    String image = x.getImageId();
    if (x.getSubjectId().isBlank() || (image != null && image.isBlank())) {
      return Optional.of(Refusal.of(Reason.FIELD, "subjectId or imageId is blank"));
    }
    return x.getEffectiveAt().isAfter(recordedAt.plus(AHEAD))
        ? Optional.of(
            Refusal.of(Reason.CLOCK, "effectiveAt is more than 24 hours after the record's time"))
        : Optional.empty();
  }

  @Override
  public String subject(Erasure x) {
    return x.getSubjectId();
  }
}
