package fovea.inference;

import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.lesion.LesionPath;
import fovea.core.explainer.prototype.Contribution;
import fovea.core.explainer.prototype.PrototypeEvidence;
import fovea.core.inference.Extra;
import fovea.core.inference.ExtraRole;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.Readings;
import java.util.List;

/**
 * What a model's readings say, held against what its graph gives: what prototypes add, or lesions,
 * must be the very prediction.
 */
final class ReadingsCheck {
  /** Probabilities that differ by no more are the same diagnosis. */
  private static final double SAME_DIAGNOSIS = 1e-4;

  private final Manifest manifest;
  private final Readings readings;
  private final double tolerance;

  /**
   * @param tolerance of sums beside logits, relative, on the engine that runs
   */
  ReadingsCheck(Manifest manifest, Readings readings, double tolerance) {
    this.manifest = manifest;
    this.readings = readings;
    this.tolerance = tolerance;
  }

  /** Refuses the model if the readings are not of its graph, by what it gave for some images. */
  void check(List<Outputs> images) {
    readings.prototypes().ifPresent(p -> images.forEach(image -> prototypes(p, image)));
    readings.lesions().ifPresent(l -> images.forEach(image -> lesions(l, image)));
    readings.abnormality().ifPresent(this::abnormality);
  }

  private void prototypes(Readings.Prototypes said, Outputs image) {
    LabelGrids maps = maps(image, ExtraRole.PROTOTYPE_SIMILARITY, said.count());
    if (said.weights().isEmpty()) {
      return;
    }
    if (said.weights().size() != image.labels()) {
      throw refused(
          "prototypes have weights for %d labels, the model has %d"
              .formatted(said.weights().size(), image.labels()));
    }
    PrototypeEvidence parts = new PrototypeEvidence(maps, said.rows());
    for (int label = 0; label < image.labels(); label++) {
      double sum = image.offset(label);
      double size = 1;
      for (Contribution part : parts.contributions(label)) {
        sum += part.value();
        size += Math.abs(part.value());
      }
      double limit = tolerance * size;
      if (!(Math.abs(sum - image.logit(label)) <= limit)) {
        throw refused(
            "what prototypes add to label %s and its offset sum to %s, its logit is %s"
                .formatted(manifest.labels().get(label), sum, image.logit(label)));
      }
    }
  }

  private void lesions(Readings.Lesions said, Outputs image) {
    LabelGrids maps = maps(image, ExtraRole.LESIONS, said.names().size());
    int label = manifest.labels().indexOf(said.label());
    if (label < 0) {
      throw refused(
          "lesions make label '%s', the model has %s".formatted(said.label(), manifest.labels()));
    }
    LesionPath path = said.model().path(maps);
    float probability = manifest.link().probabilities(image.logits())[label];
    if (!(Math.abs(path.probability() - probability) <= Math.max(SAME_DIAGNOSIS, tolerance))) {
      throw refused(
          "lesions make %s with probability %s, the model says %s"
              .formatted(said.label(), path.probability(), probability));
    }
  }

  private void abnormality(String label) {
    if (!manifest.labels().contains(label) || manifest.labels().size() < 2) {
      throw refused(
          "abnormality is the label '%s', the model has %s".formatted(label, manifest.labels()));
    }
  }

  private static LabelGrids maps(Outputs image, ExtraRole role, int count) {
    Extra extra =
        image
            .extra(role)
            .orElseThrow(() -> refused("the manifest's outputs name no " + role.text()));
    List<Integer> shape = extra.shape();
    if (count > 0 && shape.getFirst() != count) {
      throw refused(
          "%d of %s are named, the graph gives %d".formatted(count, role.text(), shape.getFirst()));
    }
    if (!extra.finite()) {
      throw refused(role.text() + " is NaN or infinite");
    }
    return new LabelGrids(extra.values(), shape.get(0), shape.get(1), shape.get(2));
  }

  private static ModelRefusedException refused(String reason) {
    return new ModelRefusedException(Readings.FILE + ": " + reason);
  }
}
