package fovea.training;

import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest.Quantisation;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.ParityVectors.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One training from the first rendered image to the last report. */
final class Training {
  private static final int PARITY_IMAGES = 3;
  private static final int FRESH_IMAGES = 600;

  private final NetSpec spec;
  private final Plan plan;
  private final Progress progress;

  Training(NetSpec spec, Plan plan, Progress progress) {
    this.spec = spec;
    this.plan = plan;
    this.progress = progress;
  }

  /** Renders {@code images} images, divides them by subject, trains, and measures. */
  Trained run(int images) {
    Programme programme = new Programme(plan.seed(), spec.side(), Programme.manySites());
    List<Example> all = render(programme, "rendering", images);
    List<Example> train = all.stream().filter(e -> e.fold() >= 3).toList();
    List<Example> validation = all.stream().filter(e -> e.fold() == 2).toList();
    List<Example> test = all.stream().filter(e -> e.fold() < 2).toList();
    if (train.size() < plan.batch() || validation.isEmpty() || test.size() < PARITY_IMAGES) {
      throw new IllegalArgumentException("too few images to divide by subject: " + images);
    }
    // The next seed is another phantom: other subjects, other eyes.
    Programme other = new Programme(plan.seed() + 1, spec.side(), Programme.ownSites());
    List<Example> fresh = render(other, "fresh images", Math.min(FRESH_IMAGES, images));
    try (EvidenceTrainer trainer = new EvidenceTrainer(spec, plan, train.size())) {
      fit(trainer, train, validation);
      List<Outputs> tested = trainer.predict(test);
      Quantisation quantisation = EvidenceScale.of(tested);
      return new Trained(
          trainer.folded(),
          programme.template(),
          parity(test.subList(0, PARITY_IMAGES), tested),
          quantisation,
          LabelReport.of(test, tested, quantisation),
          LabelReport.of(fresh, trainer.predict(fresh), quantisation),
          plan,
          images);
    }
  }

  private List<Example> render(Programme programme, String what, int count) {
    return programme.examples(count, done -> progress.bar(what, done * 100 / count, ""));
  }

  /** Trains until the validation objective has not improved for a while; keeps the best weights. */
  private void fit(EvidenceTrainer trainer, List<Example> train, List<Example> validation) {
    double best = Double.POSITIVE_INFINITY;
    Map<String, float[]> weights = trainer.weights();
    int worse = 0;
    for (int epoch = 1; epoch <= plan.epochs() && worse < plan.patience(); epoch++) {
      String name = "epoch %d/%d".formatted(epoch, plan.epochs());
      double loss =
          trainer.epoch(
              train,
              (percent, mean) ->
                  progress.bar(name, percent, String.format(Locale.ROOT, "loss %.4f", mean)));
      double objective = trainer.objective(validation);
      worse = objective < best ? 0 : worse + 1;
      if (worse == 0) {
        best = objective;
        weights = trainer.weights();
      }
      progress.line(line(name, loss, objective) + "  AUC " + areas(trainer, validation));
    }
    trainer.restore(weights);
  }

  private static String line(String epoch, double loss, double objective) {
    return String.format(Locale.ROOT, "%s  loss %.4f  validation %.4f", epoch, loss, objective);
  }

  private static String areas(EvidenceTrainer trainer, List<Example> validation) {
    return LabelReport.of(validation, trainer.predict(validation), new Quantisation(-6, 0, true))
        .stream()
        .map(
            r ->
                String.format(
                    Locale.ROOT, "%s %.4f (map %.2f)", r.lesion().label(), r.auc(), r.mass()))
        .collect(Collectors.joining(", "));
  }

  private ParityVectors parity(List<Example> examples, List<Outputs> outputs) {
    int n = examples.size();
    FloatBuffer input = FloatBuffer.allocate(n * examples.getFirst().size());
    FloatBuffer logits = FloatBuffer.allocate(n * spec.labels());
    FloatBuffer evidence = FloatBuffer.allocate(n * spec.labels() * spec.grid() * spec.grid());
    for (int i = 0; i < n; i++) {
      examples.get(i).write(input);
      logits.put(outputs.get(i).logits());
      for (int l = 0; l < spec.labels(); l++) {
        evidence.put(outputs.get(i).evidence(l));
      }
    }
    return new ParityVectors(
        tensor(input, n, NetSpec.CHANNELS, spec.side(), spec.side()),
        tensor(logits, n, spec.labels()),
        tensor(evidence, n, spec.labels(), spec.grid(), spec.grid()));
  }

  private static Tensor tensor(FloatBuffer values, long... shape) {
    return new Tensor(Arrays.stream(shape).boxed().toList(), values.array());
  }
}
