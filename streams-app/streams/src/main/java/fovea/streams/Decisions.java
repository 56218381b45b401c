package fovea.streams;

import fovea.core.inference.Outputs;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import java.util.List;
import java.util.Objects;

/**
 * Which labels a model decides: of softmax the first of the most probable, else each whose
 * probability reaches its threshold. Immutable and thread-safe.
 */
final class Decisions {
  private final Link link;
  private final float[] thresholds;

  private Decisions(Link link, float[] thresholds) {
    this.link = link;
    this.thresholds = thresholds;
  }

  static Decisions of(Manifest manifest) {
    List<String> labels = manifest.labels();
    float[] thresholds = new float[labels.size()];
    for (int l = 0; l < thresholds.length; l++) {
      thresholds[l] = Objects.requireNonNull(manifest.thresholds().get(labels.get(l))).floatValue();
    }
    return new Decisions(manifest.link(), thresholds);
  }

  float threshold(int label) {
    return thresholds[label];
  }

  boolean[] decide(Outputs outputs) {
    return decide(link.probabilities(outputs.logits()));
  }

  boolean[] decide(float[] probabilities) {
    boolean[] out = new boolean[probabilities.length];
    int best = argMax(probabilities);
    for (int l = 0; l < out.length; l++) {
      out[l] = link == Link.SOFTMAX ? l == best : probabilities[l] >= thresholds[l];
    }
    return out;
  }

  /** The first of the greatest. */
  private static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
