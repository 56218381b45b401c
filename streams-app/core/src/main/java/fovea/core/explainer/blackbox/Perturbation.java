package fovea.core.explainer.blackbox;

import fovea.core.explainer.ExplainerSpec;

/**
 * An explainer that asks a black box; immutable and thread-safe, and a pure function of its input.
 */
public sealed interface Perturbation permits Occlusion, Rise, MaskEs {

  /**
   * The explainer that a spec names.
   *
   * @throws IllegalArgumentException if it is none that asks the model more than once
   */
  static Perturbation of(ExplainerSpec spec) {
    return switch (spec) {
      case ExplainerSpec.Occlusion occlusion -> new Occlusion(occlusion);
      case ExplainerSpec.Rise rise -> new Rise(rise);
      case ExplainerSpec.MaskEs maskEs -> new MaskEs(maskEs);
      default ->
          throw new IllegalArgumentException(spec.id() + " does not ask the model more than once");
    };
  }

  /** Forwards that one image costs at most, for so many labels on a grid of this size. */
  int forwards(int labels, int gridHeight, int gridWidth);

  /** Forwards that one question costs at most. */
  default int forwards(Question question) {
    return forwards(question.labels().size(), question.gridHeight(), question.gridWidth());
  }

  /**
   * Explains one image; runs on the calling thread.
   *
   * @throws IllegalArgumentException if it would cost more than the budget; then nothing was asked
   */
  Explained explain(BlackBox model, Question question);
}
