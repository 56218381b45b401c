package fovea.streams;

import fovea.core.evaluation.Region;
import fovea.core.explainer.blackbox.BlackBox;
import fovea.core.explainer.blackbox.Explained;
import fovea.core.explainer.blackbox.ImageTensor;
import fovea.core.explainer.blackbox.Question;
import fovea.core.explainer.blackbox.ScoreTable;
import fovea.core.explainer.blackbox.Scorer;
import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.explanation.Quantiser;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import fovea.core.quality.DeletionInsertion;
import fovea.core.quality.FrameZones;
import fovea.core.quality.InputNoise;
import fovea.core.quality.PeakZones;
import fovea.core.quality.QualityMeasure;
import fovea.core.quality.RankCorrelation;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.schema.Measured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Measures of one model's explanations that cost further runs of it: how far a slow explainer
 * orders the cells as the fast one does, whether what the map names first is what the decision
 * rests on (deletion, insertion), and whether its peak stays where it is under small noise. A pure
 * function of the image. Thread-confined.
 *
 * <p>The slow explainer asks for logits, of softmax without their mean, as the evidence is;
 * deletion and insertion for probabilities, of the labels that were decided.
 */
final class SampledMeasures {
  private final SamplePolicy policy;
  private final Manifest manifest;
  private final Function<ImageBatch, List<Outputs>> model;

  /**
   * @param model what runs it, and waits
   */
  SampledMeasures(
      SamplePolicy policy, Manifest manifest, Function<ImageBatch, List<Outputs>> model) {
    this.policy = policy;
    this.manifest = manifest;
    this.model = model;
  }

  /**
   * One list per label; empty lists where the image is not sampled or has no maps, or the engine
   * failed on what was made of it. Maps from outside have no fast rival to be compared with, and a
   * second one of the noisy image would cost as much as the first.
   *
   * @param tensor the image as the model took it
   * @param outputs what it gave
   */
  List<List<Measured>> of(String imageId, ImageBatch tensor, Outputs outputs) {
    List<List<Measured>> out = new ArrayList<>();
    labels(outputs).forEach(l -> out.add(new ArrayList<>()));
    if (!policy.holds(imageId) || !outputs.explained()) {
      return Collections.unmodifiableList(out);
    }
    ImageTensor image =
        new ImageTensor(tensor.image(0), tensor.channels(), tensor.height(), tensor.width());
    try {
      if (outputs.additive()) {
        disturb(imageId, tensor, outputs, out);
        compare(imageId, image, outputs, out);
      }
      remove(imageId, image, outputs, out);
    } catch (InferenceException e) {
      return Collections.nCopies(out.size(), List.of());
    }
    return Collections.unmodifiableList(out);
  }

  /** One forward more: cheapest, so first. */
  private void disturb(
      String imageId, ImageBatch tensor, Outputs outputs, List<List<Measured>> out) {
    ImageBatch noisy = new ImageBatch(1, tensor.channels(), tensor.height(), tensor.width());
    InputNoise.add(imageId, tensor.image(0), noisy.image(0));
    Outputs again = finite(model.apply(noisy).getFirst());
    List<Region> zones = FrameZones.on(outputs.gridHeight(), outputs.gridWidth());
    for (int l = 0; l < outputs.labels(); l++) {
      OptionalDouble stays = PeakZones.stability(attention(outputs, l), attention(again, l), zones);
      out.get(l).add(measured(QualityMeasure.STABILITY, stays.orElse(Double.NaN)));
    }
  }

  /** As it is aggregated. */
  private CellGrid attention(Outputs outputs, int label) {
    Manifest.Quantisation how = manifest.quantisation();
    CellGrid evidence =
        new Quantiser(how.scaleExponent())
            .quantise(outputs.evidence(label), outputs.gridHeight(), outputs.gridWidth())
            .grid();
    return Attention.max1(evidence, how.floor(), how.subtractMin()).grid();
  }

  private void compare(
      String imageId, ImageTensor image, Outputs outputs, List<List<Measured>> out) {
    List<Integer> labels = labels(outputs).boxed().toList();
    Explained slow =
        policy
            .perturbation()
            .explain(box(this::centred), question(imageId, image, labels, outputs));
    for (int l : labels) {
      double rank =
          RankCorrelation.of(outputs.evidence(l), slow.grids().grid(l)).orElse(Double.NaN);
      out.get(l).add(measured(QualityMeasure.EXPLAINER_RANK_CORRELATION, rank));
    }
  }

  private void remove(
      String imageId, ImageTensor image, Outputs outputs, List<List<Measured>> out) {
    for (int l : decided(outputs)) {
      DeletionInsertion curves =
          DeletionInsertion.run(
              box(manifest.link()::probabilities),
              question(imageId, image, List.of(l), outputs),
              outputs.evidence(l),
              Math.min(policy.steps(), outputs.gridHeight() * outputs.gridWidth()));
      out.get(l).add(measured(QualityMeasure.DELETION, curves.deletionArea()));
      out.get(l).add(measured(QualityMeasure.INSERTION, curves.insertionArea()));
    }
  }

  private List<Integer> decided(Outputs outputs) {
    boolean[] decisions = Decisions.of(manifest).decide(outputs);
    return labels(outputs).filter(l -> decisions[l]).boxed().toList();
  }

  private float[] centred(float[] logits) {
    float[] out = logits.clone();
    if (manifest.link() == Link.SOFTMAX) {
      double mean = IntStream.range(0, out.length).mapToDouble(i -> logits[i]).average().orElse(0);
      for (int i = 0; i < out.length; i++) {
        out[i] -= (float) mean;
      }
    }
    return out;
  }

  private BlackBox box(Function<float[], float[]> scores) {
    Scorer scorer = batch -> table(model.apply(batch), scores);
    List<Float> mean = Collections.nCopies(manifest.input().channels(), 0f);
    List<Float> fill = manifest.explainer().probe().map(Manifest.Probe::fill).orElse(mean);
    return new BlackBox(scorer, fill, policy.batch(), policy.budget());
  }

  private static ScoreTable table(List<Outputs> outputs, Function<float[], float[]> scores) {
    int labels = outputs.getFirst().labels();
    float[] table = new float[outputs.size() * labels];
    for (int i = 0; i < outputs.size(); i++) {
      float[] logits = finite(outputs.get(i)).logits();
      System.arraycopy(scores.apply(logits), 0, table, i * labels, labels);
    }
    return new ScoreTable(table, labels);
  }

  private static Outputs finite(Outputs outputs) {
    if (!outputs.finite()) {
      throw new InferenceException(
          "not a finite number", new ArithmeticException("of an image made of another"));
    }
    return outputs;
  }

  private static Question question(
      String imageId, ImageTensor image, List<Integer> labels, Outputs outputs) {
    return new Question(image, imageId, labels, outputs.gridHeight(), outputs.gridWidth());
  }

  private static IntStream labels(Outputs outputs) {
    return IntStream.range(0, outputs.labels());
  }

  private static Measured measured(QualityMeasure measure, double value) {
    return new Measured(measure.name(), value);
  }
}
