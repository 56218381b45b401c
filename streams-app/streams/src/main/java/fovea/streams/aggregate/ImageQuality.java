package fovea.streams.aggregate;

import fovea.core.aggregate.Quantity;
import fovea.core.evaluation.Region;
import fovea.core.explanation.CellGrid;
import fovea.core.frame.Transform;
import fovea.core.quality.BoxRegion;
import fovea.core.quality.Concentration;
import fovea.core.quality.Localisation;
import fovea.core.quality.PixelBox;
import fovea.core.quality.QualityMeasure;
import fovea.core.quality.QualitySums;
import fovea.schema.Box;
import fovea.schema.ContributedLabel;
import fovea.schema.Contribution;
import fovea.schema.Measured;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How good one image's explanations are: a pure function of its contribution, so that what was
 * added can be taken away. What it gives never changes: states hold what it gave.
 *
 * <p>Every label has {@code SPARSENESS}, defined or not, which therefore counts the images.
 */
final class ImageQuality {
  /** A map's own area, as a share of its maximum: the half that planes X count by, too. */
  private static final double AREA = 0.5;

  private final Contribution c;
  private final Optional<OptionalDouble> residual;

  ImageQuality(Contribution c) {
    this.c = c;
    this.residual = Optional.ofNullable(c.getResidual()).map(value -> relative(c, value));
  }

  /**
   * The sums of this one image for a label of it.
   *
   * @throws IllegalArgumentException if the contribution is none that contribute makes
   */
  QualitySums of(ContributedLabel label) {
    QualitySums sums = QualitySums.empty();
    CellGrid attention = QuantityMaps.of(Quantity.ATTENTION_MAX1, c, label).grid();
    residual.ifPresent(value -> sums.add(QualityMeasure.RESIDUAL, value));
    sums.add(QualityMeasure.SPARSENESS, Concentration.gini(attention));
    sums.add(QualityMeasure.ENTROPY, Concentration.entropy(attention));
    for (Measured one : label.getQuality()) {
      PeakZone.named(one)
          .ifPresentOrElse(
              sums::addPeak, () -> sums.add(measure(one.getMeasure()), defined(one.getValue())));
    }
    if (!label.getRegions().isEmpty()) {
      locate(attention, label.getRegions(), sums);
    }
    return sums;
  }

  /** Boxes that miss the image are no place to compare with: then nothing is defined. */
  private void locate(CellGrid attention, List<Box> boxes, QualitySums sums) {
    BoxRegion place =
        new BoxRegion(c.getImageWidth(), c.getImageHeight(), Transform.valueOf(c.getTransform()));
    Optional<Region> region =
        place.on(
            attention.height(),
            attention.width(),
            boxes.stream().map(ImageQuality::pixels).toList());
    sums.add(
        QualityMeasure.POINTING_GAME, at(region, g -> Localisation.pointingGame(attention, g)));
    sums.add(
        QualityMeasure.MASS_IN_REGION, at(region, g -> Localisation.massInRegion(attention, g)));
    sums.add(QualityMeasure.IOU, at(region, g -> Localisation.iou(attention, g, AREA)));
    sums.add(QualityMeasure.IOR, at(region, g -> Localisation.ior(attention, g, AREA)));
  }

  private static OptionalDouble at(
      Optional<Region> region, Function<Region, OptionalDouble> value) {
    return region.map(value).orElseGet(OptionalDouble::empty);
  }

  private static PixelBox pixels(Box box) {
    return new PixelBox(box.getX(), box.getY(), box.getWidth(), box.getHeight());
  }

  private static QualityMeasure measure(String name) {
    return QualityMeasure.named(name)
        .orElseThrow(() -> new IllegalArgumentException("no measure is called " + name));
  }

  /** As {@code Faithfulness}, by the evidence as it is held. */
  private static OptionalDouble relative(Contribution c, double residual) {
    double greatest = 1;
    for (ContributedLabel label : c.getLabels()) {
      CellGrid evidence = QuantityMaps.of(Quantity.EVIDENCE, c, label).grid();
      for (short cell : evidence.cells()) {
        greatest = Math.max(greatest, Math.scalb((double) Math.abs(cell), c.getScaleExponent()));
      }
    }
    return defined(residual / greatest);
  }

  private static OptionalDouble defined(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
