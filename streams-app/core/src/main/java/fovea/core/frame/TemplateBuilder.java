package fovea.core.frame;

import fovea.core.image.Raster;
import fovea.core.image.Thumbnail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a frame's template from training images.
 *
 * <p>Mutable and thread-confined; keeps 4 KB an image.
 */
public final class TemplateBuilder {
  private static final int SIDE = 32;
  private static final double QUANTILE = 0.005;

  /** Two cells of the grid on which the field is found. */
  private static final double LEAST_TOLERANCE = 2 / 64.0;

  private final List<float[]> grids = new ArrayList<>();
  private final List<Double> aspects = new ArrayList<>();
  private final List<BrightField> fields = new ArrayList<>();

  /** Adds one image; {@code mirrored} where it is not of the canonical side. */
  public void add(Raster raster, boolean mirrored) {
    Thumbnail thumbnail = Thumbnail.of(raster);
    float[] grid = thumbnail.grid32();
    grids.add(mirrored ? Grids.mirrored(grid, SIDE) : grid);
    aspects.add((double) raster.width() / raster.height());
    BrightField.of(thumbnail).map(f -> mirrored ? f.mirrored() : f).ifPresent(fields::add);
  }

  /**
   * The template of all images so far.
   *
   * @throws IllegalStateException if there are none
   */
  public Template build() {
    if (grids.isEmpty()) {
      throw new IllegalStateException("a template needs at least one image");
    }
    float[] mean = mean();
    double[] correlations = grids.stream().mapToDouble(g -> Grids.correlation(g, mean)).toArray();
    double[] ratios = aspects.stream().mapToDouble(a -> a).toArray();
    return new Template(
        mean, quantile(correlations, QUANTILE), quantile(ratios, 0.5), fieldOfView());
  }

  private float[] mean() {
    double[] sums = new double[SIDE * SIDE];
    for (float[] grid : grids) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += grid[i];
      }
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      mean[i] = (float) (sums[i] / grids.size());
    }
    return mean;
  }

  private Optional<FieldOfView> fieldOfView() {
    if (2 * fields.size() <= grids.size()) {
      return Optional.empty();
    }
    FieldOfView mean =
        new FieldOfView(
            fields.stream().mapToDouble(BrightField::centreX).average().orElseThrow(),
            fields.stream().mapToDouble(BrightField::centreY).average().orElseThrow(),
            fields.stream().mapToDouble(BrightField::diameter).average().orElseThrow(),
            0);
    double[] distances = fields.stream().mapToDouble(f -> f.distance(mean)).toArray();
    double tolerance = Math.max(LEAST_TOLERANCE, quantile(distances, 1 - QUANTILE));
    return Optional.of(new FieldOfView(mean.centreX(), mean.centreY(), mean.diameter(), tolerance));
  }

  /** The smallest value that at least this share of all do not exceed. */
  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
