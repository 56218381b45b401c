package fovea.training;

import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest.Quantisation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    try (EvidenceTrainer trainer =
        new EvidenceTrainer(spec, plan, train.size(), Lesson.lesions(spec, plan))) {
      new Fitting(plan, progress, Optional.empty())
          .fit(trainer, train, validation, () -> areas(trainer, validation));
      List<Outputs> tested = trainer.predict(test);
      Quantisation quantisation = EvidenceScale.of(tested);
      return new Trained(
          trainer.folded(),
          programme.template(),
          Parity.of(spec, test.subList(0, PARITY_IMAGES), tested),
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

  private static String areas(EvidenceTrainer trainer, List<Example> validation) {
    return LabelReport.of(validation, trainer.predict(validation), new Quantisation(-6, 0, true))
        .stream()
        .map(
            r ->
                String.format(
                    Locale.ROOT, "%s %.4f (map %.2f)", r.lesion().label(), r.auc(), r.mass()))
        .collect(Collectors.joining(", "));
  }
}
