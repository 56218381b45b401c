package fovea.core.explainer.lesion;

import java.util.Arrays;

/** How a lesion's activation map becomes its logit. */
public sealed interface LesionPooling {

  /** The lesion's logit. */
  double pool(float[] map);

  /**
   * Each cell's share in the logit: how much it moves with the cell. None is negative, their sum is
   * 1.
   */
  double[] shares(float[] map);

  /** The greatest cell. */
  record GreatestCell() implements LesionPooling {
    @Override
    public double pool(float[] map) {
      return new MeanOfTop(1).pool(map);
    }

    @Override
    public double[] shares(float[] map) {
      return new MeanOfTop(1).shares(map);
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

    @Override
    public double[] shares(float[] map) {
      double max = new GreatestCell().pool(map);
      double[] out = new double[map.length];
      double sum = 0;
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.exp(r * (map[i] - max));
        sum += out[i];
      }
      for (int i = 0; i < out.length; i++) {
        out[i] /= sum;
      }
      return out;
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

    /** Of cells that tie for the last place, the first have it. */
    @Override
    public double[] shares(float[] map) {
      float[] sorted = map.clone();
      Arrays.sort(sorted);
      int counted = Math.min(k, map.length);
      float least = sorted[sorted.length - counted];
      double[] out = new double[map.length];
      int left = counted;
      for (int i = 0; i < map.length; i++) {
        if (map[i] > least) {
          out[i] = 1.0 / counted;
          left--;
        }
      }
      for (int i = 0; i < map.length && left > 0; i++) {
        if (map[i] == least) {
          out[i] = 1.0 / counted;
          left--;
        }
      }
      return out;
    }
  }
}
