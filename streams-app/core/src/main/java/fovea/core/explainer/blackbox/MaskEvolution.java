package fovea.core.explainer.blackbox;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The search for one label's mask: {@code m = σ(Θ)}, Θ the sum of what each scale found.
 *
 * <p>A generation tries directions z in mirrored pairs, {@code g_i = Σ_z (J(Θ + δz) − J(Θ − δz))
 * z_i ÷ 2δR}, and moves each parameter by its own step, which grows with g_i and is bounded.
 * Mutable, used once.
 */
final class MaskEvolution {
  private static final double TRIAL = 0.5;
  private static final double COARSE_RATE = 2;
  private static final double FINE_RATE = 6;

  /**
   * What a step leaves of Θ: it stays bounded, in order, and forgets what coarser grids blurred.
   */
  private static final double KEPT = 0.5;

  /** A coarse grid may spend this share of what is left, and so many generations. */
  private static final double COARSE_SHARE = 0.15;

  private static final int COARSE_GENERATIONS = 3;

  private final MaskedScores scores;
  private final MaskObjective objective;
  private final RandomGenerator random;
  private final double[] theta;
  private final float[] mask;

  MaskEvolution(MaskedScores scores, MaskObjective objective, RandomGenerator random, int cells) {
    this.scores = scores;
    this.objective = objective;
    this.random = random;
    this.theta = new double[cells];
    this.mask = new float[cells];
  }

  /** The mask, after at most {@code forwards} scores. */
  float[] run(List<MaskScale> scales, int forwards) {
    int left = forwards;
    for (MaskScale scale : scales) {
      boolean finest = scale == scales.getLast();
      int whole = 2 * scale.order();
      int generations =
          finest ? left / whole : Math.min(COARSE_GENERATIONS, (int) (left * COARSE_SHARE) / whole);
      for (int i = 0; i < generations; i++) {
        step(scale, scale.order(), finest ? FINE_RATE : COARSE_RATE);
      }
      left -= generations * whole;
      if (finest && generations == 0 && left >= 2) {
        step(scale, left / 2, FINE_RATE);
      }
    }
    return write(0, i -> 0).clone();
  }

  private interface Direction {
    int at(int cell);
  }

  private float[] write(double trial, Direction direction) {
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (float) sigmoid(theta[i] + trial * direction.at(i));
    }
    return mask;
  }

  private void step(MaskScale scale, int count, double rate) {
    byte[][] directions = scale.directions(count, random);
    double[] values = new double[2 * count];
    scores.score(
        values.length,
        i -> write(trial(i), cell -> directions[i / 2][scale.parameter(cell)]),
        (i, row) ->
            values[i] =
                objective.value(
                    row, write(trial(i), cell -> directions[i / 2][scale.parameter(cell)])));
    move(scale, gradient(scale, directions, values), rate);
  }

  private static double trial(int individual) {
    return individual % 2 == 0 ? TRIAL : -TRIAL;
  }

  /** By the mask and not by Θ: a saturated cell is as easily moved as another. */
  private double[] gradient(MaskScale scale, byte[][] directions, double[] values) {
    double[] slopes = new double[scale.parameters()];
    for (int cell = 0; cell < theta.length; cell++) {
      double m = sigmoid(theta[cell]);
      slopes[scale.parameter(cell)] += m * (1 - m);
    }
    double[] out = new double[scale.parameters()];
    for (int i = 0; i < out.length; i++) {
      for (int r = 0; r < directions.length; r++) {
        out[i] += (values[2 * r] - values[2 * r + 1]) * directions[r][i];
      }
      out[i] /= 2 * TRIAL * directions.length * slopes[i];
    }
    return out;
  }

  private void move(MaskScale scale, double[] gradient, double rate) {
    double[] sizes = Arrays.stream(gradient).map(Math::abs).sorted().toArray();
    double typical = sizes[sizes.length / 2] + Double.MIN_NORMAL;
    for (int cell = 0; cell < theta.length; cell++) {
      double g = gradient[scale.parameter(cell)];
      theta[cell] = KEPT * theta[cell] - rate * g / (Math.abs(g) + typical);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
