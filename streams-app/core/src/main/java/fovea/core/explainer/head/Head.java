package fovea.core.explainer.head;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands between global average pooling and the logits.
 *
 * <p>Where every activation is a ReLU, PReLU or leaky ReLU, the head is locally linear at any
 * depth: with {@code w(x) = W2 · diag(act′(z)) · W1} and {@code offset(x) = W2 · diag(act′(z)) · b1
 * + b2} the logits are {@code w(x) x + offset(x)} exactly. With a smooth activation w(x) is the
 * gradient, first order only. Immutable and thread-safe.
 */
public final class Head {
  private final List<HeadLayer> layers;
  private final int inputs;

  /**
   * Layers in the order they compute; the last is linear, its outputs are the labels.
   *
   * @param inputs channels before the head
   * @throws IllegalArgumentException if a layer does not take what comes before it
   */
  public Head(int inputs, List<HeadLayer> layers) {
    if (layers.isEmpty() || !(layers.getLast() instanceof Linear)) {
      throw new IllegalArgumentException("a head ends with a linear layer: " + layers);
    }
    int width = inputs;
    for (HeadLayer layer : layers) {
      width = layer.outputs(width);
    }
    this.inputs = inputs;
    this.layers = List.copyOf(layers);
  }

  /** One linear layer. */
  public static Head of(Linear linear) {
    return new Head(linear.inputs(), List.of(linear));
  }

  public int inputs() {
    return inputs;
  }

  /** Whether the linear reading is exact for every image. */
  public boolean exact() {
    return layers.stream().allMatch(HeadLayer::exact);
  }

  /** Whether it is one linear map for all images: no activation at all. */
  public boolean linear() {
    return layers.stream().allMatch(l -> l instanceof Linear || l instanceof BatchNorm);
  }

  /** The logits of pooled features, a new array. */
  public double[] logits(double[] pooled) {
    double[] x = pooled;
    for (HeadLayer layer : layers) {
      x = layer.apply(x);
    }
    return x;
  }

  /** The head around these pooled features; its weights are the gradients of the logits. */
  public LocalHead at(double[] pooled) {
    if (pooled.length != inputs) {
      throw new IllegalArgumentException(
          "%d features for a head of %d".formatted(pooled.length, inputs));
    }
    List<double[]> before = new ArrayList<>();
    double[] x = pooled;
    for (HeadLayer layer : layers) {
      before.add(x);
      x = layer.apply(x);
    }
    LocalHead local = LocalHead.identity(x.length);
    for (int i = layers.size() - 1; i >= 0; i--) {
      local = layers.get(i).pull(local, before.get(i));
    }
    return local;
  }

  static double[] centred(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double[] out = values.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] -= mean;
    }
    return out;
  }
}
