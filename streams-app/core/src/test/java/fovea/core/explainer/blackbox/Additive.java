package fovea.core.explainer.blackbox;

import fovea.core.inference.ImageBatch;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** {@code f_l(x) = Σ_i a_li · mean of cell i + constant}: the truth about its maps is known. */
final class Additive implements Scorer {
  private final double[][] weights;
  private final int side;
  private final int pixels;
  private final double constant;

  Additive(double[][] weights, int side, int pixels, double constant) {
    this.weights = weights;
    this.side = side;
    this.pixels = pixels;
    this.constant = constant;
  }

  /** Of either sign, most above 0. */
  static double[] weights(long seed, int cells) {
    return new Random(seed).doubles(cells, -1, 3).toArray();
  }

  @Override
  public ScoreTable score(ImageBatch batch) {
    float[] out = new float[batch.count() * weights.length];
    for (int n = 0; n < batch.count(); n++) {
      double[] means = means(batch.image(n));
      for (int l = 0; l < weights.length; l++) {
        double sum = constant;
        for (int i = 0; i < means.length; i++) {
          sum += weights[l][i] * means[i];
        }
        out[n * weights.length + l] = (float) sum;
      }
    }
    return new ScoreTable(out, weights.length);
  }

  private double[] means(FloatBuffer image) {
    double[] out = new double[side * side];
    int per = pixels / side;
    for (int i = 0; i < pixels * pixels; i++) {
      out[i / pixels / per * side + i % pixels / per] += image.get(i) / (double) (per * per);
    }
    return out;
  }

  /** An image of ones. */
  Question question(String imageId, Integer... labels) {
    float[] ones = new float[pixels * pixels];
    Arrays.fill(ones, 1);
    ImageTensor image = new ImageTensor(FloatBuffer.wrap(ones), 1, pixels, pixels);
    return new Question(image, imageId, List.of(labels), side, side);
  }

  BlackBox blackBox(int batch, int budget) {
    return new BlackBox(this, List.of(0f), batch, budget);
  }
}
