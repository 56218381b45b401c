package fovea.training;

import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest.Quantisation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One training from the first rendered image to the last report. */
final class Training {
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
    PhantomImages data = PhantomImages.render(plan, spec, images, progress);
    List<Example> validation = data.validation();
    List<Example> test = data.test();
    try (EvidenceTrainer trainer =
        new EvidenceTrainer(spec, plan, data.train().size(), Lesson.lesions(spec, plan))) {
      new Fitting(plan, progress, Optional.empty())
          .fit(trainer, data.train(), validation, () -> areas(trainer, validation));
      List<Outputs> tested = trainer.predict(test);
      Quantisation quantisation = EvidenceScale.of(tested);
      return new Trained(
          trainer.folded(),
          data.template(),
          Parity.of(spec, test.subList(0, PhantomImages.PARITY_IMAGES), tested),
          quantisation,
          LabelReport.of(test, tested, quantisation),
          LabelReport.of(data.fresh(), trainer.predict(data.fresh()), quantisation),
          plan,
          images);
    }
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
