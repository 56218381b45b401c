package fovea.core.explainer.blackbox;

/**
 * An explainer that asks a black box; immutable and thread-safe, and a pure function of its input.
 */
public sealed interface Perturbation permits Occlusion, Rise, MaskEs {

  /** Forwards that one question costs at most. */
  int forwards(Question question);

  /**
   * Explains one image; runs on the calling thread.
   *
   * @throws IllegalArgumentException if it would cost more than the budget; then nothing was asked
   */
  Explained explain(BlackBox model, Question question);
}
