package fovea.streams.aggregate;

import fovea.schema.Outcome;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** An outcome is of one image or of one exam, and of a time that was. */
final class OutcomeRules implements Rules<Outcome> {

  @Override
  public String kind() {
    return "outcome";
  }

  @Override
  public Optional<Refusal> broken(Outcome o, Instant recordedAt) {
    return fields(o)
        .map(message -> Refusal.of(Reason.FIELD, message))
        .or(() -> clock(o, recordedAt));
  }

  @Override
  public String subject(Outcome o) {
    return o.getSubjectId();
  }

  private static Optional<String> fields(Outcome o) {
    String image = o.getImageId();
    String exam = o.getExamId();
    if (o.getSubjectId().isBlank()) {
      return Optional.of("subjectId is blank");
    }
    if ((image == null) == (exam == null)) {
      return Optional.of("one of imageId and examId must be given, and only one");
    }
    if ((image != null && image.isBlank()) || (exam != null && exam.isBlank())) {
      return Optional.of("imageId or examId is blank");
    }
    return Stream.concat(o.getLabels().stream(), o.getAssessed().stream()).anyMatch(String::isBlank)
        ? Optional.of("a label is blank")
        : Optional.empty();
  }

  private static Optional<Refusal> clock(Outcome o, Instant recordedAt) {
    return o.getConfirmedAt().isAfter(recordedAt.plus(AHEAD))
        ? Optional.of(
            Refusal.of(Reason.CLOCK, "confirmedAt is more than 24 hours after the record's time"))
        : Optional.empty();
  }
}
