package fovea.training;

import fovea.training.NetSpec.Stage;

/**
 * One stage with its batch normalisation folded in: weights O×I×k×k, a bias, then ReLU. Immutable
 * by agreement: the arrays are handed over and never written again.
 */
final class Convolution {
  private final Stage stage;
  private final float[] weights;
  private final float[] bias;

  Convolution(Stage stage, float[] weights, float[] bias) {
    int expected = stage.out() * stage.in() * stage.kernel() * stage.kernel();
    if (weights.length != expected || bias.length != stage.out()) {
      throw new IllegalArgumentException(
          "%d weights and %d biases do not fit %s".formatted(weights.length, bias.length, stage));
    }
    this.stage = stage;
    this.weights = weights;
    this.bias = bias;
  }

  Stage stage() {
    return stage;
  }

  /** O×I×k×k, row-major: the live array. */
  float[] weights() {
    return weights;
  }

  /** One per output channel: the live array. */
  float[] bias() {
    return bias;
  }

  /** Plain Java, C×H×W of a square image: slow, and right. */
  float[] run(float[] image, int side) {
    int to = stage.side(side);
    float[] out = new float[stage.out() * to * to];
    for (int o = 0; o < stage.out(); o++) {
      for (int y = 0; y < to; y++) {
        for (int x = 0; x < to; x++) {
          double sum = bias[o] + patch(image, side, o, y * stage.stride(), x * stage.stride());
          out[(o * to + y) * to + x] = (float) Math.max(0, sum);
        }
      }
    }
    return out;
  }

  private double patch(float[] image, int side, int o, int top, int left) {
    int k = stage.kernel();
    double sum = 0;
    for (int c = 0; c < stage.in(); c++) {
      for (int i = 0; i < k * k; i++) {
        int row = top - stage.pad() + i / k;
        int column = left - stage.pad() + i % k;
        if (row >= 0 && row < side && column >= 0 && column < side) {
          sum +=
              (double) weights[(o * stage.in() + c) * k * k + i]
                  * image[(c * side + row) * side + column];
        }
      }
    }
    return sum;
  }
}
