package fovea.app.chaos.proof;

import fovea.core.aggregate.ModelVersion;
import fovea.core.explanation.CellGrid;
import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Outcome;
import fovea.schema.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** From records to events. */
final class EventReader {
  private EventReader() {}

  static Event.Explained of(Explanation e) {
    return new Event.Explained(
        e.getSubjectId(),
        e.getImageId(),
        e.getIngestedAt(),
        new Event.Order(e.getRevision(), e.getPayloadSha256()),
        new ModelVersion(
            e.getModel(), e.getModelVersion(), e.getPrecision() + "." + e.getExplainerHash()),
        new Event.Place(
            e.getFrame(), e.getSite(), LocalDate.ofInstant(e.getAcquiredAt(), ZoneOffset.UTC)),
        e.getAlignment().getStatus(),
        new Event.Picture(e.getImageWidth(), e.getImageHeight(), e.getAlignment().getTransform()),
        residual(e),
        new Event.Quantisation(e.getFloor(), e.getSubtractMin()),
        e.getLabels().stream().map(label -> label(e, label)).toList());
  }

  static Event.Confirmed of(Outcome o, Instant recordedAt) {
    return new Event.Confirmed(
        o.getSubjectId(),
        String.valueOf(o.getImageId()),
        recordedAt,
        new Event.Rank(o.getConfirmedAt(), hex(o)),
        Set.copyOf(o.getLabels()),
        Set.copyOf(o.getAssessed()),
        regions(o));
  }

  private static Map<String, List<List<Integer>>> regions(Outcome o) {
    return o.getRegions().stream()
        .collect(
            Collectors.groupingBy(
                Region::getLabel,
                Collectors.mapping(
                    r -> List.of(r.getX(), r.getY(), r.getWidth(), r.getHeight()),
                    Collectors.toList())));
  }

  private static OptionalDouble residual(Explanation e) {
    Double residual = e.getResidual();
    return residual == null ? OptionalDouble.empty() : OptionalDouble.of(residual);
  }

  static Event.Erased of(Erasure x) {
    return new Event.Erased(
        x.getSubjectId(), Optional.ofNullable(x.getImageId()), x.getEffectiveAt());
  }

  private static String hex(Outcome o) {
    try {
      ByteBuffer encoded = o.toByteBuffer();
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return HexFormat.of().formatHex(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("an outcome in memory cannot be written", e);
    }
  }

  private static Event.Label label(Explanation e, LabelExplanation label) {
    return new Event.Label(
        label.getLabel(),
        label.getDecision(),
        label.getClipped(),
        Optional.ofNullable(label.getEvidence())
            .map(
                bytes ->
                    CellGrid.read(
                        e.getGridHeight(), e.getGridWidth(), e.getScaleExponent(), bytes)),
        label.getQuality().stream()
            .map(one -> Map.entry(one.getMeasure(), one.getValue()))
            .toList());
  }
}
