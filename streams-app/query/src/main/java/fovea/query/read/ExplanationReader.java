package fovea.query.read;

import fovea.core.aggregate.ModelVersion;
import fovea.core.explanation.CellGrid;
import fovea.core.image.Raster;
import fovea.core.map.ImageExplanation;
import fovea.core.map.ImageKey;
import fovea.core.map.LabelEvidence;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Tensor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the record of an explanation to what readers see of it. */
public final class ExplanationReader {
  private static final int MAX_THUMBNAIL = 4096;

  private ExplanationReader() {}

  /**
   * Reads one record.
   *
   * @throws IllegalArgumentException if a grid, the projection or the thumbnail has not the size it
   *     says
   */
  public static ImageExplanation read(Explanation record, Instant recordedAt) {
    return new ImageExplanation(
        new ImageKey(record.getSubjectId(), record.getImageId()),
        new ModelVersion(
            record.getModel(),
            record.getModelVersion(),
            record.getPrecision() + "." + record.getExplainerHash()),
        record.getSite(),
        record.getAcquiredAt(),
        record.getFrame(),
        record.getAlignment().getStatus(),
        record.getLabels().stream().map(label -> label(record, label)).toList(),
        !record.getOffset().isEmpty(),
        new PartsReader(record).read(),
        thumbnail(record.getThumbnail()),
        record.getEngine() + "/" + record.getProvider(),
        recordedAt);
  }

  private static LabelEvidence label(Explanation record, LabelExplanation label) {
    return new LabelEvidence(
        label.getLabel(),
        label.getLogit(),
        label.getProbability(),
        label.getThreshold(),
        label.getDecision(),
        grid(record, label.getEvidence()));
  }

  private static Optional<CellGrid> grid(Explanation record, @Nullable ByteBuffer evidence) {
    return Optional.ofNullable(evidence)
        .map(
            bytes ->
                CellGrid.read(
                    record.getGridHeight(),
                    record.getGridWidth(),
                    record.getScaleExponent(),
                    bytes));
  }

  private static Optional<Raster> thumbnail(@Nullable Tensor tensor) {
    if (tensor == null) {
      return Optional.empty();
    }
    ByteBuffer content = tensor.getContent().duplicate();
    if (!tensor.getEncoding().equals("gray8")
        || tensor.getShape().size() != 2
        || content.remaining() > MAX_THUMBNAIL) {
      throw new IllegalArgumentException(
          "thumbnail must be two-dimensional gray8 of at most %d bytes: %s %s, %d bytes"
              .formatted(
                  MAX_THUMBNAIL, tensor.getEncoding(), tensor.getShape(), content.remaining()));
    }
    byte[] grey = new byte[content.remaining()];
    content.get(grey);
    return Optional.of(Raster.of8(tensor.getShape().get(1), tensor.getShape().get(0), 1, grey));
  }
}
