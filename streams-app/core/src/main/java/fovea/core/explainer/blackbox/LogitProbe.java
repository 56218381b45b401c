package fovea.core.explainer.blackbox;

import fovea.core.explainer.LabelGrids;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Maps of a model that gives logits alone, from how its logits answer changes of the image; in
 * logit units, except {@code mask-es}. A pure function of image and image id where the model is one
 * of the image. Immutable, and thread-safe if the model is.
 *
 * <p>Costs the forwards its plan says, and one batch of memory.
 */
public final class LogitProbe {
  private final ProbePlan plan;
  private final int batch;
  private final Function<ImageBatch, List<Outputs>> model;

  /**
   * @param batch images in one batch at most, at least 1
   * @param model what runs it, and waits
   */
  public LogitProbe(ProbePlan plan, int batch, Function<ImageBatch, List<Outputs>> model) {
    this.plan = plan;
    this.batch = batch;
    this.model = model;
  }

  /**
   * What the model gave of an image, with a map of every label.
   *
   * @param imageId decides everything random
   * @param tensor the image, as the model took it, is its first
   * @param outputs what the model gave
   * @throws InferenceException if the engine fails on a changed image or gives no finite number
   */
  public Outputs explained(String imageId, ImageBatch tensor, Outputs outputs) {
    ImageTensor image =
        new ImageTensor(tensor.image(0), tensor.channels(), tensor.height(), tensor.width());
    List<Integer> labels = IntStream.range(0, outputs.labels()).boxed().toList();
    BlackBox box = new BlackBox(this::scores, plan.fill(), batch, plan.forwards(labels.size()));
    Question question = new Question(image, imageId, labels, plan.gridHeight(), plan.gridWidth());
    LabelGrids maps = Perturbation.of(plan.explainer()).explain(box, question).grids();
    return outputs.explainedBy(maps.values(), maps.height(), maps.width());
  }

  private ScoreTable scores(ImageBatch masked) {
    List<Outputs> outputs = model.apply(masked);
    int labels = outputs.getFirst().labels();
    float[] table = new float[outputs.size() * labels];
    for (int i = 0; i < outputs.size(); i++) {
      if (!outputs.get(i).finite()) {
        throw new InferenceException(
            "not a finite number", new ArithmeticException("of a masked image"));
      }
      float[] scores = plan.contrast() ? centred(outputs.get(i)) : outputs.get(i).logits();
      System.arraycopy(scores, 0, table, i * labels, labels);
    }
    return new ScoreTable(table, labels);
  }

  private static float[] centred(Outputs outputs) {
    float[] out = outputs.logits();
    double sum = 0;
    for (float logit : out) {
      sum += logit;
    }
    for (int l = 0; l < out.length; l++) {
      out[l] -= (float) (sum / out.length);
    }
    return out;
  }
}
