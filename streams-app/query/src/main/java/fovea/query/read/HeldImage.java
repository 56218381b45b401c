package fovea.query.read;

import fovea.core.map.ImageExplanation;
import fovea.core.map.ImageKey;
import fovea.core.parts.ImageParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One image with what the models said of it. */
record HeldImage(long position, List<ImageExplanation> explanations) {
  private static final int FIXED_BYTES = 800;
  private static final int LABEL_BYTES = 120;
  private static final int PART_BYTES = 160;

  static HeldImage first(long position, ImageExplanation explanation) {
    return new HeldImage(position, List.of(explanation));
  }

  ImageKey key() {
    return explanations.getFirst().image();
  }

  /** The same image with {@code explanation} in the place of that model version's earlier one. */
  HeldImage with(long newer, ImageExplanation explanation) {
    List<ImageExplanation> all = others(explanation.model().id(), explanation.model().version());
    all.add(explanation);
    return new HeldImage(Math.max(position, newer), List.copyOf(all));
  }

  /** The same image without that model version; empty where nothing is left. */
  Optional<HeldImage> without(String model, String version) {
    List<ImageExplanation> left = others(model, version);
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(new HeldImage(position, List.copyOf(left)));
  }

  /** About what it takes in memory. */
  long bytes() {
    return explanations.stream().mapToLong(HeldImage::bytes).sum();
  }

  private static long bytes(ImageExplanation one) {
    long grids =
        one.labels().stream()
            .mapToLong(
                label ->
                    LABEL_BYTES + label.evidence().map(grid -> 2L * grid.cells().length).orElse(0L))
            .sum();
    long thumbnail =
        one.thumbnail().map(raster -> (long) raster.width() * raster.height()).orElse(0L);
    return FIXED_BYTES + grids + thumbnail + bytes(one.parts());
  }

  private static long bytes(ImageParts parts) {
    long prototypes =
        parts.prototypes().stream().mapToLong(sum -> PART_BYTES * (1L + sum.named().size())).sum();
    return prototypes
        + parts.lesions().stream()
            .flatMap(sum -> sum.lesions().stream())
            .mapToLong(one -> PART_BYTES + one.map().map(map -> 2L * map.cells().length).orElse(0L))
            .sum();
  }

  private List<ImageExplanation> others(String model, String version) {
    List<ImageExplanation> others = new ArrayList<>(explanations);
    others.removeIf(one -> one.model().id().equals(model) && one.model().version().equals(version));
    return others;
  }
}
