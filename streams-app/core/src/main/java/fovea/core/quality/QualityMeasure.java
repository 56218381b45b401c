package fovea.core.quality;

import java.util.Arrays;
import java.util.Optional;

/** A number that is summed per label; its code stands in stored bytes and never changes. */
public enum QualityMeasure {
  /** Relative faithfulness residual, see {@link Faithfulness}; 0 is best. */
  RESIDUAL(1),
  /** Gini coefficient of the attention, 0..1. */
  SPARSENESS(2),
  /** Entropy of the attention ÷ its greatest, 0..1. */
  ENTROPY(3),
  /** 1 where the peak's zones stay under noise, else 0. */
  STABILITY(4),
  /** Area under the deletion curve; lower is better. */
  DELETION(5),
  /** Area under the insertion curve; higher is better. */
  INSERTION(6),
  /** 1 where the peak lies in the region, else 0. */
  POINTING_GAME(7),
  /** Share of the attention inside the region, 0..1. */
  MASS_IN_REGION(8),
  /** Intersection ÷ union with the region, 0..1. */
  IOU(9),
  /** Intersection ÷ the map's own area, 0..1. */
  IOR(10),
  /** Spearman's correlation of a fast and a slow explainer on the same image, −1..1. */
  EXPLAINER_RANK_CORRELATION(11),
  /** Containment of the finding in the abnormal, 0..1. */
  CONTAINMENT(12),
  /** Share of the abnormal that findings explain, 0..1. */
  UNION(13);

  private final int code;

  QualityMeasure(int code) {
    this.code = code;
  }

  /** The measure of this name; empty where there is none. */
  public static Optional<QualityMeasure> named(String name) {
    return Arrays.stream(values()).filter(measure -> measure.name().equals(name)).findFirst();
  }

  int code() {
    return code;
  }

  static QualityMeasure of(int code) {
    for (QualityMeasure measure : values()) {
      if (measure.code == code) {
        return measure;
      }
    }
    throw new IllegalArgumentException("no quality measure has code " + code);
  }
}
