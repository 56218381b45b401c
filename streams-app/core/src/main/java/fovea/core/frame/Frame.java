package fovea.core.frame;

import fovea.core.image.Raster;
import fovea.core.image.Thumbnail;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The aligned space of one model, and the check that an image lies in it: in this order view and
 * laterality known where needed, aspect, field of view, correlation with the template.
 *
 * <p>Immutable and thread-safe. A placement costs about as much as reading a few hundred rows.
 */
public final class Frame {
  private static final int SIDE = 32;
  private static final double ASPECT_FACTOR = 1.15;
  private static final String ANY = "any";

  private final FrameSpec spec;
  private final Set<String> modalities;
  private final Set<String> views;
  private final Side canonical;
  private final Optional<float[]> template;
  private final String grid;

  /**
   * @param template 32×32 mean luminance, row-major, of images on the canonical side; copied
   * @throws IllegalArgumentException if a modality is unknown, the template is not 32×32, or the
   *     grid has no cells
   */
  public Frame(FrameSpec spec, Optional<float[]> template, int gridHeight, int gridWidth) {
    if (gridHeight <= 0 || gridWidth <= 0) {
      throw new IllegalArgumentException("grid has no cells: " + gridHeight + "x" + gridWidth);
    }
    if (template.isPresent() && template.get().length != SIDE * SIDE) {
      throw new IllegalArgumentException(
          "template must have 32x32 values: " + template.get().length);
    }
    this.spec = spec;
    this.modalities = spec.modalities().stream().map(Frame::code).collect(Collectors.toSet());
    this.views = spec.views().stream().map(Frame::plain).collect(Collectors.toSet());
    this.canonical = Side.valueOf(spec.canonicalSide());
    this.template = template.map(float[]::clone);
    this.grid = gridHeight + "x" + gridWidth;
  }

  /** Whether images of this DICOM modality code belong to the model at all. */
  public boolean accepts(String canonicalModality) {
    return modalities.isEmpty() || modalities.contains(canonicalModality);
  }

  /** Checks one image; nothing of the outcome changes what the model predicts. */
  public Placement place(Acquisition acquisition, Raster raster) {
    return place(acquisition, raster, Thumbnail.of(raster));
  }

  /** The same, with the thumbnail of {@code raster} that the caller has already. */
  public Placement place(Acquisition acquisition, Raster raster, Thumbnail thumbnail) {
    Optional<String> view = acquisition.view().map(Frame::plain).filter(views::contains);
    Optional<Side> side = acquisition.laterality().flatMap(Side::of);
    boolean mirrored = spec.lateral() && side.isPresent() && side.get() != canonical;
    OptionalDouble correlation =
        spec.lateral() && side.isEmpty()
            ? OptionalDouble.empty()
            : correlation(thumbnail, mirrored);
    String laterality = spec.lateral() && side.isPresent() ? canonical.name() : ANY;
    return new Placement(
        String.join(".", acquisition.modality(), view.orElse(ANY), laterality, grid),
        aspectFits(raster)
            ? status(view, side, fieldFits(thumbnail, mirrored), correlation)
            : known(view, side).orElse(Placement.ASPECT),
        transform(mirrored),
        correlation);
  }

  private String status(
      Optional<String> view, Optional<Side> side, boolean fieldFits, OptionalDouble correlation) {
    Optional<String> unknown = known(view, side);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    if (!fieldFits) {
      return Placement.FIELD_OF_VIEW;
    }
    boolean alike = correlation.isEmpty() || correlation.getAsDouble() >= spec.minCorrelation();
    return alike ? Placement.ALIGNED : Placement.TEMPLATE;
  }

  /** What the frame needs to know and does not. */
  private Optional<String> known(Optional<String> view, Optional<Side> side) {
    if (!views.isEmpty() && view.isEmpty()) {
      return Optional.of(Placement.VIEW_UNKNOWN);
    }
    return spec.lateral() && side.isEmpty()
        ? Optional.of(Placement.LATERALITY_UNKNOWN)
        : Optional.empty();
  }

  private boolean aspectFits(Raster raster) {
    double ratio = (double) raster.width() / raster.height() / spec.aspect();
    return spec.aspect() == 0 || Math.max(ratio, 1 / ratio) <= ASPECT_FACTOR;
  }

  private boolean fieldFits(Thumbnail thumbnail, boolean mirrored) {
    FieldOfView expected = spec.fieldOfView();
    return expected == null
        || BrightField.of(thumbnail)
            .map(field -> mirrored ? field.mirrored() : field)
            .filter(field -> field.distance(expected) <= expected.tolerance())
            .isPresent();
  }

  private OptionalDouble correlation(Thumbnail thumbnail, boolean mirrored) {
    if (template.isEmpty()) {
      return OptionalDouble.empty();
    }
    float[] grid32 = thumbnail.grid32();
    return OptionalDouble.of(
        Grids.correlation(mirrored ? Grids.mirrored(grid32, SIDE) : grid32, template.get()));
  }

  private Transform transform(boolean mirrored) {
    if (!mirrored) {
      return Transform.NONE;
    }
    return spec.canonicalInput() ? Transform.INPUT_MIRRORED : Transform.GRID_MIRRORED;
  }

  private static String code(String name) {
    return Modality.canonical(name)
        .orElseThrow(() -> new IllegalArgumentException("unknown modality: '" + name + "'"));
  }

  private static String plain(String view) {
    return view.strip().toUpperCase(Locale.ROOT);
  }
}
