package fovea.training;

import fovea.core.evaluation.Interval;
import fovea.modelstore.ModelRef;
import java.util.stream.Collectors;

/** What a training on lesions reached, as one JSON document. */
final class LesionJson {
  private LesionJson() {}

  static String of(ModelRef model, LesionTrained trained) {
    return """
    {"id": "%s", "version": "%s", "heldOut": %s, "fresh": %s}\
    """
        .formatted(model.id(), model.version(), of(trained.heldOut()), of(trained.fresh()));
  }

  private static String of(PathReport report) {
    return """
    {"lesions": [%s], "diagnosisAuc": %s, "positives": %d, "unexplained": %d}\
    """
        .formatted(
            report.lesions().stream().map(LesionJson::of).collect(Collectors.joining(", ")),
            of(report.diagnosis()),
            report.positives(),
            report.unexplained());
  }

  private static String of(LesionReport report) {
    return """
    {"label": "%s", "images": %d, "present": %d, "auc": %s, "pointing": %s, "chance": %s, \
    "massShare": %s, "whenPresent": %s, "whenAbsent": %s}\
    """
        .formatted(
            report.found().lesion().label(),
            report.found().images(),
            report.found().present(),
            of(report.auc()),
            of(report.pointing()),
            Train.number(report.chance()),
            Train.number(report.found().mass()),
            Train.number(report.whenPresent()),
            Train.number(report.whenAbsent()));
  }

  private static String of(Interval i) {
    return "[%s, %s, %s]"
        .formatted(Train.number(i.value()), Train.number(i.low()), Train.number(i.high()));
  }
}
