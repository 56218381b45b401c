package fovea.core.map;

import fovea.core.aggregate.ModelVersion;
import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.head.AdaCam;
import fovea.core.explanation.CellGrid;
import fovea.core.image.Raster;
import fovea.core.parts.ImageParts;
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
 * @param additive whether evidence is shares of the logits, so that maps of labels may be weighed
 *     against each other
 * @param parts what the prediction is made of, where the model says it
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
    boolean additive,
    ImageParts parts,
    Optional<Raster> thumbnail,
    String engine,
    Instant recordedAt) {
  public ImageExplanation {
    labels = List.copyOf(labels);
  }

  /**
   * One map of the whole image, without a label, in logit units: AdaCAM, Fovea's reading; computed
   * anew by each call. Empty where the record does not carry the evidence of every label.
   */
  public Optional<LabelGrids> overall() {
    List<CellGrid> grids = labels.stream().flatMap(label -> label.evidence().stream()).toList();
    if (!additive || grids.isEmpty() || grids.size() < labels.size()) {
      return Optional.empty();
    }
    int cells = grids.getFirst().cells().length;
    float[] all = new float[grids.size() * cells];
    for (int i = 0; i < all.length; i++) {
      CellGrid grid = grids.get(i / cells);
      all[i] = Math.scalb((float) grid.cells()[i % cells], grid.scaleExponent());
    }
    CellGrid first = grids.getFirst();
    return Optional.of(AdaCam.of(new LabelGrids(all, grids.size(), first.height(), first.width())));
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
