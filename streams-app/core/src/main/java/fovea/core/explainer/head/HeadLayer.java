package fovea.core.explainer.head;

/** One layer between pooling and logits, as it computes when it serves: dropout is none. */
public sealed interface HeadLayer permits Linear, BatchNorm, LeakyRelu, PRelu, SmoothActivation {

  /**
   * How many values it gives for {@code inputs}.
   *
   * @throws IllegalArgumentException if it does not take so many
   */
  int outputs(int inputs);

  /** The layer's values, a new array. */
  double[] apply(double[] x);

  /** What a linear reading of the layers behind becomes with this one at {@code x} before them. */
  LocalHead pull(LocalHead behind, double[] x);

  /** Whether the layer is linear around almost every x, so that its linear reading is exact. */
  default boolean exact() {
    return true;
  }
}
