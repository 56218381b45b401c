package fovea.bench.explainer;

import fovea.bench.Served;
import fovea.bench.Spread;
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
import fovea.core.explainer.head.TwoLevelAttention;
import fovea.core.explainer.lesion.Diagnosis;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.explainer.lesion.LesionPooling;
import fovea.core.explainer.projection.Density;
import fovea.core.explainer.projection.Plane;
import fovea.core.explainer.projection.Point;
import fovea.core.explainer.prototype.PrototypeEvidence;
import fovea.core.explanation.Attention;
import fovea.core.explanation.Quantiser;
import fovea.core.inference.ImageBatch;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Time per image of each explainer, without its forwards, for which the model answers at once; with
 * a model also what those take. A perturbation explainer costs both.
 *
 * <p>14 labels on 7×7 cells of 512 channels, images of 3×224×224, 20 prototypes, 5 lesions. One row
 * each: the median of rounds with the least and the greatest, after rounds that warm up.
 */
@CommandLine.Command(name = "explainer-cost", mixinStandardHelpOptions = true)
public final class ExplainerCost implements Runnable {
  private static final int LABELS = 14;
  private static final int CHANNELS = 512;
  private static final int SIDE = 7;
  private static final int PIXELS = 224;
  private static final int PROTOTYPES = 20;
  private static final int LESIONS = 5;

  /** Of the pooling, as HAM has it. */
  private static final double SHARPNESS = 6;

  @Option(names = "--rounds", defaultValue = "11", description = "Rounds of each explainer.")
  private int rounds;

  @Option(
      names = "--repeats",
      defaultValue = "1000",
      description = "Images a round of the cheap ones; those that ask for forwards get one.")
  private int repeats;

  @Option(
      names = "--forwards",
      defaultValue = "500",
      description = "Of rise and mask-es; at least 64.")
  private int forwards;

  @Option(names = "--model-store", description = "Folder of models, for --model.")
  private Optional<Path> store = Optional.empty();

  @Option(names = "--model", description = "A model whose forwards are timed, too.")
  private Optional<String> model = Optional.empty();

  private double forwardMillis = Double.NaN;

  /** Prints a table for RESULTS.md. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ExplainerCost()).execute(arguments));
  }

  @Override
  public void run() {
    if (model.isPresent()) {
      forward(store.orElse(Path.of("model-store/models")), model.get());
    }
    System.out.println("| explainer | forwards | microseconds an image | ms with its forwards |");
    System.out.println("|---|---|---|---|");
    Random random = new Random(1);
    heads(random);
    ofMaps(random);
    ExplainerSpec.Occlusion occlusion = new ExplainerSpec.Occlusion(1, 1);
    blackBox(occlusion.text(), new Occlusion(occlusion), random);
    for (boolean smooth : new boolean[] {false, true}) {
      ExplainerSpec.Rise rise = new ExplainerSpec.Rise(forwards, 0.5, smooth);
      blackBox(rise.text(), new Rise(rise), random);
    }
    ExplainerSpec.MaskEs maskEs = new ExplainerSpec.MaskEs(forwards, 1, List.of(4, 7));
    blackBox(maskEs.text(), new MaskEs(maskEs), random);
  }

  /** From the last feature maps. */
  private void heads(Random random) {
    FeatureMaps features =
        new FeatureMaps(floats(random, CHANNELS * SIDE * SIDE), CHANNELS, SIDE, SIDE);
    Head linear = Head.of(linear(LABELS, CHANNELS, random));
    Head deep =
        new Head(
            CHANNELS,
            List.of(linear(128, CHANNELS, random), LeakyRelu.RELU, linear(LABELS, 128, random)));
    free("class-evidence, linear head", () -> ClassEvidence.of(features, linear));
    free("class-evidence, ReLU head", () -> ClassEvidence.of(features, deep));
    free("gradcam, ReLU head", () -> GradCam.of(features, deep));
  }

  /** From maps that the graph gives. */
  private void ofMaps(Random random) {
    LabelGrids maps = grids(LABELS + 1, random);
    LabelGrids similar = grids(PROTOTYPES, random);
    LabelGrids lesions = grids(LESIONS, random);
    float[][] weights = rows(LABELS, PROTOTYPES, random);
    LesionModel joint =
        new LesionModel(new LesionPooling.LogSumExp(SHARPNESS), new Diagnosis.NoisyOr());
    Density density = Density.empty(new Plane(new Point(0, 0), new Point(1, 1), 64));
    Point place = new Point(random.nextFloat(), random.nextFloat());
    free("two-level-attention", () -> twoLevels(maps));
    free("adacam-fovea", () -> AdaCam.of(maps));
    free("lesion-maps", () -> joint.path(lesions));
    free("prototypes", () -> new PrototypeEvidence(similar, weights).outputs());
    free(
        "projection",
        () -> {
          density.add(place);
          return density;
        });
  }

  /** The first map as the abnormality, the others as findings, and all their ratios. */
  private static double twoLevels(LabelGrids maps) {
    Quantiser quantiser = new Quantiser(-10);
    List<Attention> attention = new ArrayList<>();
    for (int l = 0; l < maps.labels(); l++) {
      attention.add(Attention.max1(quantiser.quantise(maps.grid(l), SIDE, SIDE).grid(), 0, false));
    }
    TwoLevelAttention levels =
        new TwoLevelAttention(attention.getFirst(), attention.subList(1, attention.size()));
    double sum = levels.union().orElse(0);
    for (int l = 0; l < LABELS; l++) {
      sum += levels.containment(l).orElse(0);
    }
    return sum;
  }

  private void forward(Path folder, String id) {
    try (Served served = Served.load(folder, id)) {
      ImageBatch image = served.noise(1);
      List<Double> millis = micros(100, () -> runs(served, image));
      forwardMillis = Spread.of(millis, m -> m / 1e3).median();
      System.out.printf(
          "One forward of %s: %s ms%n%n",
          served.stored().ref(), Spread.of(millis, m -> m / 1e3).text(3));
    }
  }

  private static Served runs(Served served, ImageBatch image) {
    served.run(image);
    return served;
  }

  private void blackBox(String name, Perturbation explainer, Random random) {
    FloatBuffer tensor = FloatBuffer.wrap(floats(random, 3 * PIXELS * PIXELS));
    ImageTensor image = new ImageTensor(tensor, 3, PIXELS, PIXELS);
    Question question = new Question(image, "image", List.of(0), SIDE, SIDE);
    BlackBox box =
        new BlackBox(
            batch -> corners(batch.count(), batch.image(0)),
            List.of(0f, 0f, 0f),
            32,
            Math.max(forwards, 1 + SIDE * SIDE));
    row(
        name,
        explainer.explain(box, question).forwards(),
        micros(1, () -> explainer.explain(box, question)));
  }

  /** Something that depends on the image and costs nothing. */
  private static ScoreTable corners(int count, FloatBuffer first) {
    float[] scores = new float[count];
    for (int i = 0; i < count; i++) {
      scores[i] = first.get(0) + i * 0.01f;
    }
    return new ScoreTable(scores, 1);
  }

  private void free(String name, Supplier<?> work) {
    row(name, 0, micros(repeats, work));
  }

  private void row(String name, int asked, List<Double> micros) {
    Spread spread = Spread.of(micros, m -> m);
    String whole =
        asked == 0
            ? "%.3f".formatted(spread.median() / 1e3)
            : Double.isNaN(forwardMillis)
                ? "-"
                : "%,.0f".formatted(spread.median() / 1e3 + asked * forwardMillis);
    System.out.printf("| %s | %d | %s | %s |%n", name, asked, spread.text(1), whole);
  }

  /** Microseconds of one, round by round; a quarter more rounds go before. */
  private List<Double> micros(int times, Supplier<?> work) {
    int before = 1 + rounds / 4;
    return IntStream.range(0, before + rounds)
        .mapToObj(round -> once(times, work))
        .skip(before)
        .toList();
  }

  private static double once(int times, Supplier<?> work) {
    long start = System.nanoTime();
    int sink = 0;
    for (int i = 0; i < times; i++) {
      sink ^= System.identityHashCode(work.get());
    }
    long nanos = System.nanoTime() - start + (sink == 42 ? 1 : 0);
    return nanos / 1e3 / times;
  }

  private static LabelGrids grids(int count, Random random) {
    return new LabelGrids(floats(random, count * SIDE * SIDE), count, SIDE, SIDE);
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
