package fovea.inference;

import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.explanation.Quantiser;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import fovea.core.quality.RandomisationCheck;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.RandomWeights;
import fovea.modelstore.StoredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The weight randomisation check of a stored model: the same images explained by the model and by
 * the same graph with random weights, label by label.
 *
 * <p>Compared is the attention, of images whose map is not empty; of random weights at its own
 * scale, as the model's floor says nothing of it. Images are taken as they are, none is mirrored.
 * Thread-safe; costs (1 + draws) × images inferences, on the CPU.
 */
public final class WeightCheck {
  /** Fewer images with a map are too few to say anything of a label. */
  public static final int LEAST_IMAGES = 10;

  /** Pairs of images behind a baseline: more than the published, which vary by a third. */
  public static final int PAIRS = 10 * RandomisationCheck.PAIRS;

  private final OnnxEngine engine = new OnnxEngine(InferenceConfig.defaults());

  /**
   * What is compared.
   *
   * @param images folder; of more than {@code most} files so many, evenly spaced
   * @param most at least {@value WeightCheck#LEAST_IMAGES}
   * @param draws of random weights, 1 to 100
   * @param seed of the weights and of the pairs of images
   */
  public record Plan(Path images, int most, int draws, long seed) {
    public Plan {
      if (most < LEAST_IMAGES || draws < 1 || draws > 100) {
        throw new IllegalArgumentException(
            "%d images of at least %d, %d draws of 1 to 100".formatted(most, LEAST_IMAGES, draws));
      }
    }
  }

  /**
   * Checks every label, in the manifest's order.
   *
   * @throws ModelRefusedException if the model is a black box or has no weights that can be drawn,
   *     or the folder no image
   * @throws InferenceException if the engine fails
   */
  public List<LabelCheck> of(StoredModel model, Plan plan) {
    Manifest manifest = model.manifest();
    if (manifest.blackBox()) {
      throw new ModelRefusedException("a black box has no maps of its own to check");
    }
    OnnxGraph graph = OnnxGraph.read(model.read(StoredModel.ONNX));
    List<Outputs> trained = outputs(manifest, graph, plan);
    if (trained.isEmpty()) {
      throw new ModelRefusedException("no file in %s is an image".formatted(plan.images()));
    }
    List<List<Outputs>> random =
        IntStream.range(0, plan.draws())
            .mapToObj(draw -> RandomWeights.of(graph, plan.seed() + draw))
            .map(lost -> outputs(manifest, lost, plan))
            .toList();
    return IntStream.range(0, manifest.labels().size())
        .mapToObj(label -> label(manifest, label, trained, random, plan.seed()))
        .toList();
  }

  private List<Outputs> outputs(Manifest manifest, OnnxGraph graph, Plan plan) {
    List<Outputs> out = new ArrayList<>();
    try (Trial trial = new Trial(engine, manifest, graph.bytes())) {
      for (ImageBatch image :
          new ImageSample(plan.images(), manifest.input(), plan.most()).images()) {
        Outputs outputs = trial.run(image);
        if (!outputs.finite()) {
          throw new ModelRefusedException("the graph gives NaN or infinity");
        }
        out.add(outputs);
      }
    }
    return out;
  }

  private static LabelCheck label(
      Manifest manifest, int label, List<Outputs> trained, List<List<Outputs>> random, long seed) {
    List<Integer> shown =
        IntStream.range(0, trained.size())
            .filter(image -> shown(manifest, trained.get(image), label))
            .boxed()
            .toList();
    String name = manifest.labels().get(label);
    boolean validated = manifest.positive().contains(name);
    if (shown.size() < LEAST_IMAGES) {
      return new LabelCheck(name, validated, shown.size(), Optional.empty());
    }
    boolean subtractMin = manifest.quantisation().subtractMin();
    RandomisationCheck check =
        RandomisationCheck.ofDraws(
            maps(trained, shown, label, subtractMin),
            random.stream().map(draw -> maps(draw, shown, label, subtractMin)).toList(),
            PAIRS,
            seed);
    return new LabelCheck(name, validated, shown.size(), Optional.of(check));
  }

  /** Whether the model's map of an image would count. */
  private static boolean shown(Manifest manifest, Outputs outputs, int label) {
    Manifest.Quantisation how = manifest.quantisation();
    CellGrid evidence =
        new Quantiser(how.scaleExponent())
            .quantise(outputs.evidence(label), outputs.gridHeight(), outputs.gridWidth())
            .grid();
    return !Attention.max1(evidence, how.floor(), how.subtractMin()).empty();
  }

  private static List<CellGrid> maps(
      List<Outputs> images, List<Integer> shown, int label, boolean subtractMin) {
    return shown.stream().map(image -> attention(images.get(image), label, subtractMin)).toList();
  }

  /** Without a floor, and of evidence of any size. */
  private static CellGrid attention(Outputs outputs, int label, boolean subtractMin) {
    float[] evidence = outputs.evidence(label);
    float greatest = 0;
    for (float cell : evidence) {
      greatest = Math.max(greatest, Math.abs(cell));
    }
    for (int i = 0; i < evidence.length && greatest > 0; i++) {
      evidence[i] /= greatest;
    }
    CellGrid scaled =
        new Quantiser(-14).quantise(evidence, outputs.gridHeight(), outputs.gridWidth()).grid();
    return Attention.max1(scaled, 0, subtractMin).grid();
  }
}
