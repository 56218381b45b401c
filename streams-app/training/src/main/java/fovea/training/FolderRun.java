package fovea.training;

import fovea.core.evaluation.Interval;
import fovea.core.inference.Outputs;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import fovea.modelstore.StoredModel;
import fovea.modelstore.evaluation.DataRoot;
import fovea.modelstore.evaluation.Evaluation;
import fovea.modelstore.evaluation.Evaluator;
import fovea.modelstore.evaluation.LabelledImages;
import fovea.modelstore.evaluation.Protocol;
import fovea.modelstore.evaluation.Protocol.DataSet;
import fovea.training.FolderShipping.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code fovea train --data}: reads, trains, measures, writes. */
final class FolderRun {
  private static final int SIDE = NetSpec.patches(2).side();
  private static final int PICTURES = 5;

  private final FolderOptions options;
  private final Plan plan;
  private final Target target;
  private final Progress progress;

  /** Where the model goes. */
  record Target(ModelStore store, ModelRef ref) {

    /** Beside the version, under a name that no listing shows; gone when the version is there. */
    Path checkpoint() {
      return store.directory().resolve(ref.id()).resolve("." + ref.version() + ".training");
    }
  }

  FolderRun(FolderOptions options, Plan plan, Target target, Progress progress) {
    this.options = options;
    this.plan = plan;
    this.target = target;
    this.progress = progress;
  }

  /** A version with its figures. */
  record Written(StoredModel model, Evaluation evaluation) {}

  /**
   * @throws IOException if the images, or a file that goes with the model, cannot be read
   * @throws IllegalArgumentException if the options do not fit the data
   */
  Written run() throws IOException {
    DataSet set = options.dataSet();
    Path folder = options.data().orElseThrow().toAbsolutePath().normalize();
    DataRoot root = new DataRoot(folder.resolve("..").normalize());
    LabelledImages table = root.table(set);
    FolderData data =
        FolderData.read(
            table,
            new FolderData.Columns(set.label(), set.subject()),
            SIDE,
            done -> progress.bar("reading", done * 100 / table.size(), done + " images"));
    FolderShipping shipping =
        new FolderShipping(target.store(), target.ref(), statement(data.labels()));
    byte[][] picture = new byte[1][];
    FolderTraining.Measured measured =
        new FolderTraining(data, plan, options.recipe(), progress)
            .run(
                target.checkpoint(),
                (model, classifier) -> {
                  picture[0] = picture(data, model, classifier, shipping);
                  return evaluator(shipping, model, classifier, root).run(protocol(set, model));
                });
    StoredModel stored =
        shipping.write(measured.model(), measured.evaluation(), trained(data), picture[0]);
    Files.deleteIfExists(target.checkpoint());
    return new Written(stored, measured.evaluation());
  }

  private Statement statement(List<String> labels) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (Path file : options.with()) {
      files.put(file.getFileName().toString(), Files.readAllBytes(file));
    }
    String about =
        options.about().isPresent()
            ? Files.readString(options.about().get())
            : "Its author says nothing of what it is for: take it as an experiment.";
    return new Statement(
        options.positive(labels), options.modalities(), options.licence(), about, files);
  }

  private Protocol protocol(DataSet set, FolderModel model) {
    return new Protocol(
        set, options.external(), options.atlas(), model.fill(), Protocol.SAMPLES, plan.seed());
  }

  private Evaluator evaluator(
      FolderShipping shipping, FolderModel model, TrainedClassifier classifier, DataRoot root) {
    int grid = model.weights().spec().grid();
    return new Evaluator(
        shipping.manifest(model, options.dataSet().folder()),
        classifier,
        new Evaluator.Grid(grid, grid),
        root,
        progress::line);
  }

  /** The first held-out images that show the first positive label, in the table's order. */
  private static byte[] picture(
      FolderData data, FolderModel model, TrainedClassifier classifier, FolderShipping shipping) {
    int label = data.labels().indexOf(shipping.statement().positive().getFirst());
    List<Example> shown =
        data.heldOut().stream().filter(e -> e.shows(label)).limit(PICTURES).toList();
    List<Outputs> outputs = classifier.trainer().predict(shown);
    return new MapPicture(model.weights().spec(), model.quantisation()).png(shown, outputs, label);
  }

  private String trained(FolderData data) {
    Recipe recipe = options.recipe();
    return String.format(
        Locale.ROOT,
        """
        %d images of `%s`, %d to learn from, %d to stop by, %d held out, divided by subject (column \
        `%s`). Adam (rate %s, batch %d, at most %d epochs, stopped after %d without a better validation \
        objective, seed %d) on the cross-entropy of the softmax plus %s times the maps' mean absolute \
        value, and **%s more in the outer two rows and columns** of cells: evidence there is dearer than \
        elsewhere. Changes made to training images: %s.

        ![Held-out images and what speaks for the label in them](%s)
        """,
        data.examples().size(),
        options.dataSet().folder(),
        data.train().size(),
        data.validation().size(),
        data.heldOut().size(),
        options.dataSet().subject(),
        plan.rate(),
        plan.batch(),
        plan.epochs(),
        plan.patience(),
        plan.seed(),
        recipe.sparsity(),
        recipe.ring(),
        recipe.text(),
        MapPicture.FILE);
  }

  /** One line of the result. */
  static String line(Evaluation evaluation) {
    StringBuilder out = new StringBuilder();
    evaluation
        .figures()
        .forEach(
            f -> {
              Interval e = f.estimate();
              out.append(
                  String.format(
                      Locale.ROOT,
                      "%-28s %-12s %.3f  (%.3f to %.3f)%n",
                      f.name(),
                      f.label(),
                      e.value(),
                      e.low(),
                      e.high()));
            });
    return out.toString();
  }
}
