package fovea.streams.readings;

import fovea.core.explainer.LabelGrids;
import fovea.core.frame.Transform;
import fovea.core.inference.Extra;
import fovea.core.inference.ExtraRole;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.modelstore.Readings;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Parts;
import fovea.schema.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One model's further outputs in its records: embedding, projection, prototypes, lesions. An output
 * that is not all finite numbers is left out, and so is what would be read of it; the prediction
 * does not depend on it.
 *
 * <p>Immutable and thread-safe. A model without further outputs costs nothing.
 */
public final class FurtherOutputs {
  /** Beyond, their similarities would take more room than all else in a record. */
  private static final int MOST_PROTOTYPES = 256;

  private final Optional<PrototypeReader> prototypes;
  private final Optional<LesionReader> lesions;

  /**
   * @param readings as the model's folder has them
   * @param most labels beyond have no prototypes named, lesions beyond no map in the record
   */
  public FurtherOutputs(Manifest manifest, Readings readings, int most) {
    this.prototypes =
        readings
            .prototypes()
            .filter(said -> !said.weights().isEmpty())
            .map(said -> new PrototypeReader(manifest.labels(), said, most));
    this.lesions = readings.lesions().map(said -> new LesionReader(said, most));
  }

  /**
   * Adds what {@code outputs} has.
   *
   * @param labels as they stand in the record
   * @param transform from the model's grid to the frame's
   */
  public void write(
      Explanation.Builder out,
      Outputs outputs,
      List<LabelExplanation> labels,
      Transform transform) {
    Cells cells = new Cells(outputs.gridWidth(), transform == Transform.GRID_MIRRORED);
    Optional<LabelGrids> similarities = maps(outputs, ExtraRole.PROTOTYPE_SIMILARITY);
    out.setEmbedding(vector(outputs, ExtraRole.EMBEDDING))
        .setProjection(vector(outputs, ExtraRole.PROJECTION))
        .setPrototypes(
            similarities
                .filter(maps -> maps.labels() <= MOST_PROTOTYPES)
                .map(FurtherOutputs::greatest)
                .orElse(null))
        .setParts(parts(similarities, maps(outputs, ExtraRole.LESIONS), labels, cells));
  }

  private @Nullable Parts parts(
      Optional<LabelGrids> similarities,
      Optional<LabelGrids> activations,
      List<LabelExplanation> labels,
      Cells cells) {
    boolean some =
        (prototypes.isPresent() && similarities.isPresent())
            || (lesions.isPresent() && activations.isPresent());
    if (!some) {
      return null;
    }
    // Avro makes a default list by loading its records' classes, which it does not trust here.
    Parts.Builder out = Parts.newBuilder().setPrototypes(List.of()).setLesions(List.of());
    similarities.ifPresent(
        maps -> prototypes.ifPresent(p -> out.setPrototypes(p.parts(maps, labels, cells))));
    activations.ifPresent(maps -> lesions.ifPresent(l -> l.write(out, maps, cells)));
    return out.build();
  }

  private static Optional<LabelGrids> maps(Outputs outputs, ExtraRole role) {
    return outputs
        .extra(role)
        .filter(Extra::finite)
        .map(e -> new LabelGrids(e.values(), e.shape().get(0), e.shape().get(1), e.shape().get(2)));
  }

  private static @Nullable Tensor vector(Outputs outputs, ExtraRole role) {
    return outputs.extra(role).filter(Extra::finite).map(e -> tensor(e.values())).orElse(null);
  }

  private static Tensor greatest(LabelGrids maps) {
    float[] out = new float[maps.labels()];
    for (int j = 0; j < out.length; j++) {
      out[j] = maps.value(j, maps.peak(j));
    }
    return tensor(out);
  }

  private static Tensor tensor(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new Tensor(bytes, List.of(values.length), "float32-le");
  }
}
