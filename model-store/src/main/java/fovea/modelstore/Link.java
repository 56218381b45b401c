package fovea.modelstore;

/** From logits to probabilities. */
public enum Link {
  /** Each label by itself: 1 / (1 + e^-logit). */
  SIGMOID,
  /** Labels exclude each other; evidence is the contrast, centred over labels. */
  SOFTMAX,
  /** The logit is the result. */
  IDENTITY;

  /** Probabilities of {@code logits}, a new array of the same length. */
  public float[] probabilities(float[] logits) {
    return switch (this) {
      case SIGMOID -> sigmoid(logits);
      case SOFTMAX -> softmax(logits);
      case IDENTITY -> logits.clone();
    };
  }

  private static float[] sigmoid(float[] logits) {
    float[] out = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      out[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    return out;
  }

  private static float[] softmax(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    double[] e = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      e[i] = Math.exp(logits[i] - max);
      sum += e[i];
    }
    float[] out = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      out[i] = (float) (e[i] / sum);
    }
    return out;
  }
}
