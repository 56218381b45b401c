package fovea.streams.aggregate;

import fovea.core.quality.QualityMeasure;
import fovea.core.quality.QualitySums;
import fovea.core.quality.QualityTally;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one delta does to the quality sums under one key: images added, images taken away. */
record QualityChange(QualitySums added, QualitySums removed) implements StateChange {
  QualityChange() {
    this(QualitySums.empty(), QualitySums.empty());
  }

  void count(QualitySums image, int sign) {
    (sign > 0 ? added : removed).merge(image);
  }

  @Override
  public Optional<byte[]> after(byte @Nullable [] before) {
    QualitySums sums = before == null ? QualitySums.empty() : QualitySums.read(before);
    sums.merge(added);
    sums.subtract(removed);
    return sums.isEmpty() ? Optional.empty() : Optional.of(sums.bytes());
  }

  /** Images in a state: of each its sparseness was asked for. */
  static long images(QualitySums sums) {
    QualityTally asked = sums.tally(QualityMeasure.SPARSENESS);
    return asked.n() + asked.undefined();
  }
}
