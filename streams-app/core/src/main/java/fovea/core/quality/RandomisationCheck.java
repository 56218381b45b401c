package fovea.core.quality;

import fovea.core.explanation.CellGrid;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Whether maps change when the weights are lost (Adebayo et al., NeurIPS 2018), against the
 * baseline of Arun et al. (Radiology: AI 2021): how alike the maps of two different images are.
 *
 * <p>Maps of aligned images are alike anyway, so a fixed threshold would say nothing. An explainer
 * depends on the weights where the maps of randomised weights are less like the model's own than
 * maps of other images are, by rank correlation and by SSIM.
 *
 * @param rank mean Spearman of the two maps of each image
 * @param rankBaseline mean Spearman of pairs of different images
 * @param ssim mean SSIM of the two maps of each image
 * @param ssimBaseline mean SSIM of pairs of different images
 * @param undefined comparisons without a rank correlation, a map being constant; left out of both
 *     means of rank
 */
public record RandomisationCheck(
    double rank, double rankBaseline, double ssim, double ssimBaseline, int undefined) {
  /** Pairs of images behind the published baseline. */
  public static final int PAIRS = 50;

  /**
   * Compares.
   *
   * @param trained attention of at least two images, values within 0..1, one grid
   * @param other of the same images in the same order, e.g. from randomised weights
   * @param pairs of different images drawn for the baseline, at least 1
   * @param seed of the draw
   */
  public static RandomisationCheck of(
      List<CellGrid> trained, List<CellGrid> other, int pairs, long seed) {
    return ofDraws(trained, List.of(other), pairs, seed);
  }

  /**
   * The same with weights drawn several times: one net of random weights may by chance look where
   * the trained one does.
   *
   * @param draws maps of the same images in the same order, of each draw
   */
  public static RandomisationCheck ofDraws(
      List<CellGrid> trained, List<List<CellGrid>> draws, int pairs, long seed) {
    if (trained.size() < 2 || draws.isEmpty() || pairs < 1) {
      throw new IllegalArgumentException(
          "%d maps, %d draws, %d pairs".formatted(trained.size(), draws.size(), pairs));
    }
    Similarities same = new Similarities();
    for (List<CellGrid> other : draws) {
      if (other.size() != trained.size()) {
        throw new IllegalArgumentException(
            "%d and %d maps".formatted(trained.size(), other.size()));
      }
      for (int i = 0; i < trained.size(); i++) {
        same.add(trained.get(i), other.get(i));
      }
    }
    Similarities between = new Similarities();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < pairs; i++) {
      int first = random.nextInt(trained.size());
      int second = (first + random.nextInt(1, trained.size())) % trained.size();
      between.add(trained.get(first), trained.get(second));
    }
    return new RandomisationCheck(
        same.rank(), between.rank(), same.ssim(), between.ssim(), same.without + between.without);
  }

  /** Whether both similarities fall below their baseline; a mean without values does not. */
  public boolean dependsOnWeights() {
    return rank < rankBaseline && ssim < ssimBaseline;
  }

  /** Whether both are at their baseline or above; where one is and the other not, neither holds. */
  public boolean ignoresWeights() {
    return rank >= rankBaseline && ssim >= ssimBaseline;
  }

  private static final class Similarities {
    private double ranks;
    private int ranked;
    private int without;
    private double ssims;
    private int n;

    void add(CellGrid a, CellGrid b) {
      float[] x = floats(a);
      float[] y = floats(b);
      OptionalDouble correlation = RankCorrelation.of(x, y);
      ranks += correlation.orElse(0);
      ranked += correlation.isPresent() ? 1 : 0;
      without += correlation.isPresent() ? 0 : 1;
      ssims += StructuralSimilarity.of(x, y, a.width(), 1);
      n++;
    }

    double rank() {
      return ranked == 0 ? Double.NaN : ranks / ranked;
    }

    double ssim() {
      return ssims / n;
    }

    private static float[] floats(CellGrid grid) {
      float[] out = new float[grid.cells().length];
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.scalb((float) grid.cells()[i], grid.scaleExponent());
      }
      return out;
    }
  }
}
