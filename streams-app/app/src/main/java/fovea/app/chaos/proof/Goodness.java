package fovea.app.chaos.proof;

import fovea.core.evaluation.Region;
import fovea.core.explanation.CellGrid;
import fovea.core.frame.Transform;
import fovea.core.quality.BoxRegion;
import fovea.core.quality.Concentration;
import fovea.core.quality.FrameZones;
import fovea.core.quality.Localisation;
import fovea.core.quality.PixelBox;
import fovea.core.quality.QualityMeasure;
import fovea.core.quality.QualitySums;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * How good one explanation of an image is, and under which outcome: what its states must have been
 * given, found out from the events alone.
 */
record Goodness(Event.Explained image, Optional<Event.Confirmed> outcome) {
  private static final Set<String> ARRIVING =
      Set.of(
          "STABILITY",
          "DELETION",
          "INSERTION",
          "EXPLAINER_RANK_CORRELATION",
          "CONTAINMENT",
          "UNION");
  private static final Set<String> TRANSFORMS = Set.of("NONE", "GRID_MIRRORED", "INPUT_MIRRORED");
  private static final int MOST_BOXES = 64;

  /** Adds what is measured of one label whose attention this is. */
  void addTo(QualitySums sums, Event.Label label, CellGrid attention) {
    if (image.residual().isPresent()) {
      double relative = image.residual().getAsDouble() / Math.max(1, greatestEvidence());
      sums.add(
          QualityMeasure.RESIDUAL,
          Double.isNaN(relative) ? OptionalDouble.empty() : OptionalDouble.of(relative));
    }
    sums.add(QualityMeasure.SPARSENESS, Concentration.gini(attention));
    sums.add(QualityMeasure.ENTROPY, Concentration.entropy(attention));
    FrameZones.ofPeak(attention).ifPresent(sums::addPeak);
    Set<String> seen = new TreeSet<>();
    for (Map.Entry<String, Double> one : label.measured()) {
      if (ARRIVING.contains(one.getKey()) && seen.add(one.getKey())) {
        double value = one.getValue();
        sums.add(
            QualityMeasure.valueOf(one.getKey()),
            Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value));
      }
    }
    if (!boxes(label.name()).isEmpty() && usable(label.name())) {
      locate(sums, attention, boxes(label.name()));
    }
  }

  /** Whether a measure that came with it does not count. */
  boolean ignoresMeasures() {
    for (Event.Label label : image.labels()) {
      List<String> names = label.measured().stream().map(Map.Entry::getKey).toList();
      if (Set.copyOf(names).size() < names.size() || !ARRIVING.containsAll(names)) {
        return true;
      }
    }
    return false;
  }

  /** Whether its outcome has regions of a label's map that cannot be used. */
  boolean ignoresRegions() {
    return image.labels().stream()
        .filter(label -> label.evidence().isPresent())
        .anyMatch(label -> !boxes(label.name()).isEmpty() && !usable(label.name()));
  }

  private double greatestEvidence() {
    double greatest = 0;
    for (Event.Label label : image.labels()) {
      if (label.evidence().isPresent()) {
        CellGrid grid = label.evidence().get();
        for (short cell : grid.cells()) {
          greatest = Math.max(greatest, Math.abs(cell * Math.pow(2, grid.scaleExponent())));
        }
      }
    }
    return greatest;
  }

  private List<List<Integer>> boxes(String label) {
    return outcome.map(o -> o.regions().getOrDefault(label, List.of())).orElse(List.of());
  }

  private boolean usable(String label) {
    Event.Picture picture = image.picture();
    return outcome.filter(o -> o.labels().contains(label)).isPresent()
        && picture.width() > 0
        && picture.height() > 0
        && TRANSFORMS.contains(picture.transform())
        && boxes(label).size() <= MOST_BOXES
        && boxes(label).stream().allMatch(box -> box.get(2) > 0 && box.get(3) > 0);
  }

  private void locate(QualitySums sums, CellGrid attention, List<List<Integer>> boxes) {
    Event.Picture picture = image.picture();
    Optional<Region> place =
        new BoxRegion(picture.width(), picture.height(), Transform.valueOf(picture.transform()))
            .on(
                attention.height(),
                attention.width(),
                boxes.stream()
                    .map(b -> new PixelBox(b.get(0), b.get(1), b.get(2), b.get(3)))
                    .toList());
    OptionalDouble none = OptionalDouble.empty();
    sums.add(
        QualityMeasure.POINTING_GAME,
        place.map(p -> Localisation.pointingGame(attention, p)).orElse(none));
    sums.add(
        QualityMeasure.MASS_IN_REGION,
        place.map(p -> Localisation.massInRegion(attention, p)).orElse(none));
    sums.add(QualityMeasure.IOU, place.map(p -> Localisation.iou(attention, p, 0.5)).orElse(none));
    sums.add(QualityMeasure.IOR, place.map(p -> Localisation.ior(attention, p, 0.5)).orElse(none));
  }
}
