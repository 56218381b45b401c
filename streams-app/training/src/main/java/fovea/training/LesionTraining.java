package fovea.training;

import fovea.core.evaluation.RocArea;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest.Quantisation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lesions and a diagnosis, from the first rendered image to the last report. */
record LesionTraining(NetSpec spec, Plan plan, Progress progress) {

  /**
   * Renders {@code images} images, divides them by subject, trains on which lesions each has, and
   * measures; where the lesions are is asked when it is measured, not before.
   */
  LesionTrained run(int images) {
    PhantomImages data =
        PhantomImages.render(plan, spec, images, progress)
            .with(e -> e.diagnosed(PathReport.diagnosisLabel()));
    try (EvidenceTrainer trainer =
        new EvidenceTrainer(spec, plan, data.train().size(), Lesson.path(spec, plan))) {
      new Fitting(plan, progress, Optional.empty())
          .fit(trainer, data.train(), data.validation(), () -> areas(trainer, data.validation()));
      List<Outputs> tested = trainer.predict(data.test());
      Quantisation quantisation = EvidenceScale.of(tested);
      LesionNet net = folded(trainer);
      return new LesionTrained(
          net,
          data.template(),
          Parity.of(spec, data.test().subList(0, PhantomImages.PARITY_IMAGES), tested),
          quantisation,
          report(trainer, data.test(), net.model(), quantisation),
          report(trainer, data.fresh(), net.model(), quantisation),
          plan,
          images,
          LesionPicture.choice(data.test(), PathReport.diagnosisLabel()));
    }
  }

  private static LesionNet folded(EvidenceTrainer trainer) {
    return switch (trainer.folded()) {
      case LesionNet net -> net;
      case FoldedNet other ->
          throw new IllegalArgumentException("a net of lesions is trained, not " + other.spec());
    };
  }

  private static PathReport report(
      EvidenceTrainer trainer, List<Example> examples, LesionModel model, Quantisation scale) {
    return PathReport.of(
        examples,
        new PathReport.Said(trainer.predict(examples), trainer.lesions(examples)),
        model,
        scale);
  }

  private String areas(EvidenceTrainer trainer, List<Example> examples) {
    List<Outputs> outputs = trainer.predict(examples);
    return IntStream.range(0, spec.labels())
        .mapToObj(l -> String.format(Locale.ROOT, "%.4f", area(examples, outputs, l)))
        .collect(Collectors.joining(", "));
  }

  private static double area(List<Example> examples, List<Outputs> outputs, int label) {
    double[] scores = new double[examples.size()];
    boolean[] present = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = outputs.get(i).logit(label);
      present[i] = examples.get(i).shows(label);
    }
    return RocArea.of(scores, present);
  }
}
