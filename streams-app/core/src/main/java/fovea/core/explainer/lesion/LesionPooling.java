package fovea.core.explainer.lesion;

import java.util.Arrays;

/** How a lesion's activation map becomes its logit. */
public sealed interface LesionPooling {

  /** The lesion's logit. */
  double pool(float[] map);

  /** The greatest cell. */
  record GreatestCell() implements LesionPooling {
    @Override
    public double pool(float[] map) {
      return new MeanOfTop(1).pool(map);
    }
  }

  /**
   * {@code (logsumexp(r x) − ln cells) ÷ r}: between mean (r → 0) and maximum (r → ∞).
   *
   * @param r sharpness, above 0; HAM has 6
   */
  record LogSumExp(double r) implements LesionPooling {
    public LogSumExp {
      if (!(r > 0)) {
        throw new IllegalArgumentException("r must be positive: " + r);
      }
    }

    @Override
    public double pool(float[] map) {
      double max = new GreatestCell().pool(map);
      double sum = 0;
      for (float x : map) {
        sum += Math.exp(r * (x - max));
      }
      return max + Math.log(sum / map.length) / r;
    }
  }

  /**
   * The mean of the k greatest cells.
   *
   * @param k at least 1; of fewer cells all count
   */
  record MeanOfTop(int k) implements LesionPooling {
    public MeanOfTop {
      if (k < 1) {
        throw new IllegalArgumentException("k must be at least 1: " + k);
      }
    }

    @Override
    public double pool(float[] map) {
      float[] sorted = map.clone();
      Arrays.sort(sorted);
      int first = Math.max(0, sorted.length - k);
      double sum = 0;
      for (int i = first; i < sorted.length; i++) {
        sum += sorted[i];
      }
      return sum / (sorted.length - first);
    }
  }
}
