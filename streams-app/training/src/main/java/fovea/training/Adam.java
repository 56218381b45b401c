package fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.HashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), whose state can be kept and taken up again: the library's
 * own gives it to nobody. Runs on the heap; a small net's weights cost little beside its images.
 *
 * <p>Leaves the gradient as it is: the engine adds to it until it is told to begin anew.
 */
final class Adam extends Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Tracker rate;
  private final Map<String, Moments> moments = new HashMap<>();

  /**
   * Running means of one parameter's gradient and of its square.
   *
   * @param steps how often they were updated
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; the arrays are the live state.
  record Moments(float[] first, float[] second, int steps) {}

  Adam(Tracker rate) {
    super(new Settings());
    this.rate = rate;
  }

  private static final class Settings extends OptimizerBuilder<Settings> {
    @Override
    protected Settings self() {
      return this;
    }
  }

  @Override
  public void update(String parameter, NDArray weight, NDArray gradient) {
    float[] g = gradient.toFloatArray();
    float[] w = weight.toFloatArray();
    Moments old =
        moments.getOrDefault(parameter, new Moments(new float[g.length], new float[g.length], 0));
    int step = old.steps() + 1;
    double size = rate.getNewValue(step) / (1 - Math.pow(BETA1, step));
    double scale = 1 / (1 - Math.pow(BETA2, step));
    for (int i = 0; i < g.length; i++) {
      old.first()[i] = (float) (BETA1 * old.first()[i] + (1 - BETA1) * g[i]);
      old.second()[i] = (float) (BETA2 * old.second()[i] + (1 - BETA2) * g[i] * g[i]);
      w[i] -= (float) (size * old.first()[i] / (Math.sqrt(scale * old.second()[i]) + EPSILON));
    }
    moments.put(parameter, new Moments(old.first(), old.second(), step));
    weight.set(w);
  }

  /** By parameter: the live state. */
  Map<String, Moments> moments() {
    return Map.copyOf(moments);
  }

  /** Goes on from a state that was kept; takes the arrays over. */
  void restore(Map<String, Moments> kept) {
    moments.clear();
    moments.putAll(kept);
  }
}
