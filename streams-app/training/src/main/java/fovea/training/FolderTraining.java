package fovea.training;

import fovea.core.evaluation.RocArea;
import fovea.core.inference.Outputs;
import fovea.modelstore.evaluation.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One training on a folder of images, from the first image read to the last figure. */
final class FolderTraining {
  private static final int PARITY_IMAGES = 3;

  private final FolderData data;
  private final NetSpec spec;
  private final Plan plan;
  private final Recipe recipe;
  private final Progress progress;

  FolderTraining(FolderData data, Plan plan, Recipe recipe, Progress progress) {
    this.data = data;
    this.spec = NetSpec.patches(data.labels().size());
    this.plan = plan;
    this.recipe = recipe;
    this.progress = progress;
  }

  /** Takes the figures of the card, while the net is still in the engine that trained it. */
  interface Measuring {
    Evaluation of(FolderModel model, TrainedClassifier classifier) throws IOException;
  }

  /** A net with its figures. */
  record Measured(FolderModel model, Evaluation evaluation) {}

  /**
   * Trains and measures.
   *
   * @param checkpoint where each epoch's end is kept, and from where an interrupted training goes
   *     on
   */
  Measured run(Path checkpoint, Measuring measuring) throws IOException {
    List<Example> train = data.train();
    List<Example> validation = data.validation();
    if (train.size() < plan.batch() || validation.isEmpty() || data.heldOut().isEmpty()) {
      throw new IllegalArgumentException(
          "too few images to divide by subject: " + data.examples().size());
    }
    try (EvidenceTrainer trainer =
        new EvidenceTrainer(spec, plan, train.size(), recipe.lesson(spec, train))) {
      String training = "%s, %s, %d images".formatted(plan, recipe, data.examples().size());
      new Fitting(plan, progress, Optional.of(new Fitting.Kept(checkpoint, training)))
          .fit(trainer, train, validation, () -> areas(validation, trainer.predict(validation)));
      FolderModel model = model(trainer, validation);
      return new Measured(model, measuring.of(model, new TrainedClassifier(trainer)));
    }
  }

  private FolderModel model(EvidenceTrainer trainer, List<Example> validation) {
    List<Example> some = data.heldOut().subList(0, Math.min(PARITY_IMAGES, data.heldOut().size()));
    return new FolderModel(
        data.labels(),
        trainer.folded(),
        data.template(),
        Parity.of(spec, some, trainer.predict(some)),
        EvidenceScale.of(trainer.predict(validation)),
        fill(data.train()));
  }

  /**
   * The mean sample, to a quarter: as fine as a fill needs to be, and the same on every machine.
   */
  private static float fill(List<Example> train) {
    double sum = 0;
    for (Example e : train) {
      long image = 0;
      for (int i = 0; i < e.size(); i++) {
        image += e.sample(i);
      }
      sum += (double) image / e.size();
    }
    return Math.round(4 * sum / train.size()) / 4f;
  }

  private String areas(List<Example> examples, List<Outputs> outputs) {
    StringBuilder out = new StringBuilder();
    for (int l = 0; l < data.labels().size(); l++) {
      double[] scores = new double[examples.size()];
      boolean[] present = new boolean[scores.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = spec.link().probabilities(outputs.get(i).logits())[l];
        present[i] = examples.get(i).shows(l);
      }
      out.append(
          String.format(
              Locale.ROOT,
              "%s%s %.4f",
              l == 0 ? "" : ", ",
              data.labels().get(l),
              RocArea.of(scores, present)));
    }
    return out.toString();
  }
}
