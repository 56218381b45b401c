package fovea.training;

import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest.Quantisation;
import java.util.Arrays;
import java.util.List;

/** Chooses how evidence becomes integers from what a net says of training images. */
final class EvidenceScale {
  private static final int LIMIT = 32_767;

  /** A map is empty if its peak is below this share of a usual predicted image's. */
  private static final double FLOOR = 0.05;

  private EvidenceScale() {}

  /**
   * The finest power of two that leaves evidence of twice the greatest seen unclipped, and a floor
   * below which a map is noise.
   */
  static Quantisation of(List<Outputs> outputs) {
    double greatest = 0;
    double[] peaks = new double[outputs.size() * outputs.getFirst().labels()];
    int predicted = 0;
    for (Outputs o : outputs) {
      for (int l = 0; l < o.labels(); l++) {
        double peak = 0;
        for (float value : o.evidence(l)) {
          greatest = Math.max(greatest, Math.abs(value));
          peak = Math.max(peak, value);
        }
        if (o.logit(l) >= 0) {
          peaks[predicted++] = peak;
        }
      }
    }
    int exponent = Math.clamp(Math.getExponent(2 * greatest / LIMIT) + 1, -30, 30);
    double[] sorted = Arrays.copyOf(peaks, predicted);
    Arrays.sort(sorted);
    double usual = predicted == 0 ? 0 : sorted[predicted / 2];
    return new Quantisation(exponent, (int) Math.scalb(FLOOR * usual, -exponent), true);
  }
}
