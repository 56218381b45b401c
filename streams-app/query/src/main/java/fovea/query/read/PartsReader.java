package fovea.query.read;

import fovea.core.explainer.projection.Point;
import fovea.core.explanation.CellGrid;
import fovea.core.parts.Cell;
import fovea.core.parts.ImageParts;
import fovea.core.parts.LesionShare;
import fovea.core.parts.LesionSum;
import fovea.core.parts.PrototypeShare;
import fovea.core.parts.PrototypeSum;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.LesionPart;
import fovea.schema.Parts;
import fovea.schema.PrototypePart;
import fovea.schema.Tensor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a record has of its prediction's parts. */
final class PartsReader {
  private final Explanation record;

  PartsReader(Explanation record) {
    this.record = record;
  }

  /**
   * @throws IllegalArgumentException if a map or the projection has not the size it says, or the
   *     grid none
   */
  ImageParts read() {
    if (record.getGridWidth() < 1) {
      throw new IllegalArgumentException("a grid of %d columns".formatted(record.getGridWidth()));
    }
    Parts parts = record.getParts();
    Optional<Point> projection = projection(record.getProjection());
    if (parts == null) {
      return projection.isEmpty()
          ? ImageParts.NONE
          : new ImageParts(List.of(), Optional.empty(), projection);
    }
    return new ImageParts(prototypes(parts.getPrototypes()), lesions(parts), projection);
  }

  private List<PrototypeSum> prototypes(List<PrototypePart> parts) {
    List<PrototypeSum> out = new ArrayList<>();
    for (int label = 0; label < record.getLabels().size(); label++) {
      LabelExplanation said = record.getLabels().get(label);
      List<PrototypeShare> named =
          parts.stream()
              .filter(part -> part.getLabel().equals(said.getLabel()))
              .map(this::share)
              .toList();
      if (!named.isEmpty() && label < record.getOffset().size()) {
        float offset = record.getOffset().get(label);
        out.add(new PrototypeSum(said.getLabel(), said.getLogit(), offset, named));
      }
    }
    return out;
  }

  private Cell cell(int index) {
    return Cell.of(index, record.getGridWidth());
  }

  private PrototypeShare share(PrototypePart part) {
    return new PrototypeShare(
        part.getPrototype(),
        Optional.ofNullable(part.getName()),
        part.getSimilarity(),
        part.getContribution(),
        cell(part.getCell()));
  }

  private Optional<LesionSum> lesions(Parts parts) {
    if (parts.getDiagnosis() == null || parts.getPath() == null) {
      return Optional.empty();
    }
    List<LesionShare> lesions = parts.getLesions().stream().map(this::share).toList();
    return Optional.of(
        new LesionSum(parts.getDiagnosis(), parts.getPath(), parts.getBias(), lesions));
  }

  private LesionShare share(LesionPart part) {
    Optional<CellGrid> map =
        Optional.ofNullable(part.getMap())
            .map(
                bytes ->
                    CellGrid.read(
                        record.getGridHeight(),
                        record.getGridWidth(),
                        part.getScaleExponent(),
                        bytes));
    return new LesionShare(
        part.getLesion(), part.getProbability(), part.getContribution(), cell(part.getCell()), map);
  }

  private static Optional<Point> projection(@Nullable Tensor tensor) {
    if (tensor == null) {
      return Optional.empty();
    }
    FloatBuffer values =
        tensor.getContent().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    if (!tensor.getEncoding().equals("float32-le") || values.remaining() != 2) {
      throw new IllegalArgumentException(
          "a projection is two float32-le: %s, %s"
              .formatted(tensor.getEncoding(), tensor.getShape()));
    }
    return Optional.of(new Point(values.get(0), values.get(1)));
  }
}
