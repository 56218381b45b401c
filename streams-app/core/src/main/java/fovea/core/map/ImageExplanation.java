package fovea.core.map;

import fovea.core.aggregate.ModelVersion;
import fovea.core.image.Raster;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one model said of one image, and where it looked. Immutable.
 *
 * @param image identity of the image
 * @param model the model as it really ran
 * @param site where the image was taken
 * @param acquiredAt when it was taken
 * @param frame the aligned space of the grids
 * @param alignment ALIGNED, or the reason why it entered no map
 * @param labels one entry per label, in the manifest's order
 * @param thumbnail grey, in the frame; empty where the programme keeps none
 * @param engine engine and provider that really ran, e.g. {@code OnnxRuntime/CPU}
 * @param recordedAt Kafka timestamp of the record
 */
public record ImageExplanation(
    ImageKey image,
    ModelVersion model,
    String site,
    Instant acquiredAt,
    String frame,
    String alignment,
    List<LabelEvidence> labels,
    Optional<Raster> thumbnail,
    String engine,
    Instant recordedAt) {
  public ImageExplanation {
    labels = List.copyOf(labels);
  }

  /** Whether the image's maps entered the aggregates. */
  public boolean aligned() {
    return alignment.equals("ALIGNED");
  }

  /** Whether there is a map of any label: not outside the sample of a black box. */
  public boolean mapped() {
    return labels.stream().anyMatch(label -> label.evidence().isPresent());
  }
}
