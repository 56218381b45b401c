package fovea.streams.aggregate;

import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of an explanation before it may be counted. */
final class ExplanationRules implements Rules<Explanation> {
  private static final int MAX_SIDE = 1024;
  private static final int MAX_EXPONENT = 30;

  @Override
  public String kind() {
    return "explanation";
  }

  @Override
  public Optional<Refusal> broken(Explanation e, Instant recordedAt) {
    return blank(e)
        .map(name -> name + " is blank")
        .or(() -> grid(e))
        .or(() -> labels(e))
        .map(message -> Refusal.of(Reason.FIELD, message))
        .or(() -> clock(e, recordedAt));
  }

  @Override
  public String subject(Explanation e) {
    return e.getSubjectId();
  }

  /** Of an image of a time to come the pane would outlive everything that is about it. */
  private static Optional<Refusal> clock(Explanation e, Instant recordedAt) {
    if (e.getIngestedAt().isAfter(recordedAt.plus(AHEAD))) {
      return Optional.of(
          Refusal.of(Reason.CLOCK, "ingestedAt is more than 24 hours after the record's time"));
    }
    return e.getAcquiredAt().isAfter(e.getIngestedAt().plus(AHEAD))
        ? Optional.of(Refusal.of(Reason.CLOCK, "acquiredAt is more than 24 hours after ingestedAt"))
        : Optional.empty();
  }

  private static Optional<String> blank(Explanation e) {
    List<Map.Entry<String, String>> fields =
        List.of(
            Map.entry("subjectId", e.getSubjectId()),
            Map.entry("imageId", e.getImageId()),
            Map.entry("site", e.getSite()),
            Map.entry("payloadSha256", e.getPayloadSha256()),
            Map.entry("model", e.getModel()),
            Map.entry("modelVersion", e.getModelVersion()),
            Map.entry("precision", e.getPrecision()),
            Map.entry("explainerHash", e.getExplainerHash()),
            Map.entry("frame", e.getFrame()),
            Map.entry("alignment.status", e.getAlignment().getStatus()));
    for (Map.Entry<String, String> field : fields) {
      if (field.getValue().isBlank()) {
        return Optional.of(field.getKey());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> grid(Explanation e) {
    int height = e.getGridHeight();
    int width = e.getGridWidth();
    String size = height + "x" + width;
    if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
      return Optional.of("a grid of " + size + " is not possible");
    }
    if (Math.abs(e.getScaleExponent()) > MAX_EXPONENT || e.getFloor() < 0) {
      return Optional.of(
          "scaleExponent %d or floor %d is not possible"
              .formatted(e.getScaleExponent(), e.getFloor()));
    }
    return e.getFrame().endsWith("." + size)
        ? Optional.empty()
        : Optional.of("a grid of " + size + " is not of its frame");
  }

  private static Optional<String> labels(Explanation e) {
    int size = Short.BYTES * e.getGridHeight() * e.getGridWidth();
    Set<String> seen = new HashSet<>();
    for (LabelExplanation label : e.getLabels()) {
      ByteBuffer evidence = label.getEvidence();
      if (label.getLabel().isBlank() || !seen.add(label.getLabel())) {
        return Optional.of("a label is blank or stands twice");
      }
      if (label.getClipped() < 0 || (evidence != null && evidence.remaining() != size)) {
        return Optional.of("the evidence of label " + seen.size() + " does not fill its grid");
      }
    }
    return Optional.empty();
  }
}
