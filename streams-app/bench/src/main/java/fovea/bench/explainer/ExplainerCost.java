package fovea.bench.explainer;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.FeatureMaps;
import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.blackbox.BlackBox;
import fovea.core.explainer.blackbox.ImageTensor;
import fovea.core.explainer.blackbox.MaskEs;
import fovea.core.explainer.blackbox.Occlusion;
import fovea.core.explainer.blackbox.Perturbation;
import fovea.core.explainer.blackbox.Question;
import fovea.core.explainer.blackbox.Rise;
import fovea.core.explainer.blackbox.ScoreTable;
import fovea.core.explainer.head.AdaCam;
import fovea.core.explainer.head.ClassEvidence;
import fovea.core.explainer.head.GradCam;
import fovea.core.explainer.head.Head;
import fovea.core.explainer.head.LeakyRelu;
import fovea.core.explainer.head.Linear;
import fovea.core.explainer.prototype.PrototypeEvidence;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Time per image of each explainer, without its forwards: the model answers at once. A perturbation
 * explainer costs this and its forwards times the model's time.
 *
 * <p>14 labels on 7×7 cells of 512 channels, images of 3×224×224. Prints one row each: the median
 * of rounds, after one that warms up.
 */
public final class ExplainerCost {
  private static final int LABELS = 14;
  private static final int CHANNELS = 512;
  private static final int SIDE = 7;
  private static final int PIXELS = 224;
  private static final int ROUNDS = 5;

  private ExplainerCost() {}

  /** No arguments. */
  public static void main(String[] arguments) {
    Random random = new Random(1);
    FeatureMaps features =
        new FeatureMaps(floats(random, CHANNELS * SIDE * SIDE), CHANNELS, SIDE, SIDE);
    Head linear = Head.of(linear(LABELS, CHANNELS, random));
    Head deep =
        new Head(
            CHANNELS,
            List.of(linear(128, CHANNELS, random), LeakyRelu.RELU, linear(LABELS, 128, random)));
    LabelGrids maps = new LabelGrids(floats(random, LABELS * SIDE * SIDE), LABELS, SIDE, SIDE);
    LabelGrids similar = new LabelGrids(floats(random, 20 * SIDE * SIDE), 20, SIDE, SIDE);
    float[][] weights = rows(LABELS, 20, random);
    System.out.println("| explainer | forwards | microseconds an image |\n|---|---|---|");
    row("class-evidence, linear head", 0, 200, () -> ClassEvidence.of(features, linear));
    row("class-evidence, ReLU head", 0, 200, () -> ClassEvidence.of(features, deep));
    row("gradcam, ReLU head", 0, 200, () -> GradCam.of(features, deep));
    row("adacam-fovea", 0, 2000, () -> AdaCam.of(maps));
    row("prototypes", 0, 2000, () -> new PrototypeEvidence(similar, weights).outputs());
    blackBox(new Occlusion(new ExplainerSpec.Occlusion(1, 1)), random);
    blackBox(new Rise(new ExplainerSpec.Rise(500, 0.5, false)), random);
    blackBox(new Rise(new ExplainerSpec.Rise(500, 0.5, true)), random);
    blackBox(new MaskEs(new ExplainerSpec.MaskEs(500, 1, List.of(4, 7))), random);
  }

  private static void blackBox(Perturbation explainer, Random random) {
    FloatBuffer tensor = FloatBuffer.wrap(floats(random, 3 * PIXELS * PIXELS));
    ImageTensor image = new ImageTensor(tensor, 3, PIXELS, PIXELS);
    Question question = new Question(image, "image", List.of(0), SIDE, SIDE);
    BlackBox model =
        new BlackBox(batch -> corners(batch.count(), batch.image(0)), List.of(0f, 0f, 0f), 32, 500);
    row(
        explainer.toString(),
        explainer.explain(model, question).forwards(),
        1,
        () -> explainer.explain(model, question));
  }

  /** Something that depends on the image and costs nothing. */
  private static ScoreTable corners(int count, FloatBuffer first) {
    float[] scores = new float[count];
    for (int i = 0; i < count; i++) {
      scores[i] = first.get(0) + i * 0.01f;
    }
    return new ScoreTable(scores, 1);
  }

  private static void row(String name, int forwards, int repeats, Supplier<?> work) {
    double[] micros = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      long start = System.nanoTime();
      int sink = 0;
      for (int i = 0; i < repeats; i++) {
        sink ^= System.identityHashCode(work.get());
      }
      long nanos = System.nanoTime() - start + (sink == 42 ? 1 : 0);
      if (round >= 0) {
        micros[round] = nanos / 1e3 / repeats;
      }
    }
    Arrays.sort(micros);
    System.out.printf("| %s | %d | %.1f |%n", name, forwards, micros[ROUNDS / 2]);
  }

  private static Linear linear(int out, int in, Random random) {
    return new Linear(rows(out, in, random), floats(random, out));
  }

  private static float[][] rows(int out, int in, Random random) {
    float[][] weights = new float[out][];
    for (int o = 0; o < out; o++) {
      weights[o] = floats(random, in);
    }
    return weights;
  }

  private static float[] floats(Random random, int count) {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = random.nextFloat();
    }
    return out;
  }
}
