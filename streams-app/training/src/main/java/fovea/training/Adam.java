package fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.HashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) as the engine computes it, with a state that can be kept
 * and taken up again: the library's own gives its state to nobody.
 *
 * <p>The engine's update also sets the gradient to zero, which nothing else does.
 */
final class Adam extends Optimizer {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final Tracker rate;
  private final Map<String, State> states = new HashMap<>();

  /** Running means of one parameter's gradient and of its square, in the engine. */
  private static final class State {
    private final NDArray first;
    private final NDArray second;
    private int steps;

    private State(NDArray like) {
      first = like.zerosLike();
      second = like.zerosLike();
      // They live as long as the training, not as long as the step that first asks for them.
      first.detach();
      second.detach();
    }
  }

  /**
   * A state outside the engine.
   *
   * @param steps how often it was updated
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; whoever takes it takes it over.
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
    State state = states.computeIfAbsent(parameter, p -> new State(weight));
    state.steps++;
    float step = rate.getNewValue(state.steps);
    double correction =
        Math.sqrt(1 - Math.pow(BETA2, state.steps)) / (1 - Math.pow(BETA1, state.steps));
    weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(weight, gradient, state.first, state.second),
            new NDList(weight),
            step,
            (float) (step * correction),
            0,
            rescaleGrad,
            clipGrad,
            BETA1,
            BETA2,
            EPSILON,
            true,
            false);
  }

  /** What is known of a parameter, copied; zeros where it was never updated. */
  Moments moments(String parameter, NDArray weight) {
    State state = states.get(parameter);
    return state == null
        ? new Moments(new float[(int) weight.size()], new float[(int) weight.size()], 0)
        : new Moments(state.first.toFloatArray(), state.second.toFloatArray(), state.steps);
  }

  /** Goes on from a state that was kept. */
  void restore(String parameter, NDArray weight, Moments kept) {
    State state = states.computeIfAbsent(parameter, p -> new State(weight));
    state.first.set(kept.first());
    state.second.set(kept.second());
    state.steps = kept.steps();
  }

  /** Gives the engine's memory back. */
  void close() {
    for (State state : states.values()) {
      state.first.close();
      state.second.close();
    }
    states.clear();
  }
}
