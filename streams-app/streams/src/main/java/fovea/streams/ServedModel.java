package fovea.streams;

import fovea.core.aggregate.ModelVersion;
import fovea.core.frame.Frame;
import fovea.core.inference.Classifier;
import fovea.modelstore.Manifest;
import fovea.modelstore.Readings;

/**
 * A model that is loaded, verified and ready to score.
 *
 * @param version what of it is never mixed; its variant is {@code precision.explainerHash} of the
 *     engine that really runs
 * @param manifest what is said of it
 * @param sha256 lower-case hex SHA-256 of the ONNX file that runs
 * @param frame the aligned space, built from the manifest
 * @param classifier the engine; whoever opened it closes it
 * @param explainerHash first 16 hex digits of the SHA-256 of explainer, preprocessing, thresholds
 * @param readings how its further outputs are read
 */
public record ServedModel(
    ModelVersion version,
    Manifest manifest,
    String sha256,
    Frame frame,
    Classifier classifier,
    String explainerHash,
    Readings readings) {
  public ServedModel {
    if (!version.id().equals(manifest.id()) || !version.version().equals(manifest.version())) {
      throw new IllegalArgumentException(
          "manifest of %s/%s is not of %s".formatted(manifest.id(), manifest.version(), version));
    }
    String variant = classifier.engine().precision() + "." + explainerHash;
    if (!version.variant().equals(variant)) {
      throw new IllegalArgumentException("what runs is " + variant + ", not " + version);
    }
  }

  /** Of which nothing further is read. */
  public ServedModel(
      ModelVersion version,
      Manifest manifest,
      String sha256,
      Frame frame,
      Classifier classifier,
      String explainerHash) {
    this(version, manifest, sha256, frame, classifier, explainerHash, Readings.NONE);
  }

  /** {@code id/version}, as dead letters and logs name it. */
  String name() {
    return version.id() + "/" + version.version();
  }
}
