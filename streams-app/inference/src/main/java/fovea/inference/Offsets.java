package fovea.inference;

import fovea.modelstore.ModelRefusedException;
import java.util.ArrayList;
import java.util.List;

/** The constant part of logits, as a head's algebra says it and as it was measured. */
final class Offsets {
  private Offsets() {}

  /**
   * One per label after bias and centring; empty where the algebra is not known.
   *
   * @param said one per label, or one for all
   * @param bias what moved out of the evidence; empty for none
   */
  static List<Float> exact(List<Float> said, List<Float> bias, int labels, boolean centre) {
    if (said.size() != labels && said.size() != 1) {
      return List.of();
    }
    double[] out = new double[labels];
    double mean = 0;
    for (int i = 0; i < labels; i++) {
      out[i] = said.get(said.size() == 1 ? 0 : i) + (bias.isEmpty() ? 0 : bias.get(i));
      mean += out[i] / labels;
    }
    List<Float> offsets = new ArrayList<>();
    for (double value : out) {
      offsets.add((float) (centre ? value - mean : value));
    }
    return offsets;
  }

  /**
   * What was said where it is known, else what was measured.
   *
   * @throws ModelRefusedException if the two differ by more than {@code limit}
   */
  static List<Float> agreed(List<Float> said, List<Float> measured, double limit) {
    for (int i = 0; i < said.size(); i++) {
      if (!(Math.abs(said.get(i) - measured.get(i)) <= 2 * limit)) {
        throw new ModelRefusedException(
            "the head was misread: label %d has offset %s, %s was measured"
                .formatted(i, said.get(i), measured.get(i)));
      }
    }
    return said.isEmpty() ? measured : said;
  }
}
