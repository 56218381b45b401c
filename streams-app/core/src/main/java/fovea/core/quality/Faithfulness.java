package fovea.core.quality;

import fovea.core.inference.Outputs;

/** Whether a map adds up to its logit. */
public final class Faithfulness {
  private Faithfulness() {}

  /**
   * {@code max_c |logit_c − (mean(E_c) + offset_c)| ÷ max(1, max|E|)}: exact evidence in float32
   * keeps it at rounding, a broken export or precision does not.
   *
   * @return 0 or more; NaN where an output is
   */
  public static double residual(Outputs outputs) {
    double largest = 1;
    for (int l = 0; l < outputs.labels(); l++) {
      for (float cell : outputs.evidence(l)) {
        largest = Math.max(largest, Math.abs(cell));
      }
    }
    return outputs.residual() / largest;
  }
}
