package fovea.modelstore;

import fovea.core.frame.FieldOfView;
import fovea.core.frame.FrameSpec;
import fovea.modelstore.Manifest.Explainer;
import fovea.modelstore.Manifest.FileDigest;
import fovea.modelstore.Manifest.Input;
import fovea.modelstore.Manifest.Probe;
import fovea.modelstore.Manifest.Quantisation;
import fovea.modelstore.Manifest.Tolerances;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the fields of {@code manifest.json} to a {@link Manifest}. */
final class ManifestReader {
  private ManifestReader() {}

  static Manifest manifest(JsonFields json) {
    String contract = json.text("contract");
    // Told first: another contract has other fields, and naming one of those would mislead.
    if (!Manifest.CONTRACT.equals(contract)) {
      throw new ModelRefusedException(
          "contract must be " + Manifest.CONTRACT + ": '" + contract + "'");
    }
    Manifest manifest =
        new Manifest(
            contract,
            json.text("id"),
            json.text("version"),
            files(json),
            input(json.object("input")),
            link(json.text("link")),
            json.texts("labels"),
            json.texts("positive"),
            json.numberMap("thresholds"),
            json.textMap("outputs"),
            json.floats("offset"),
            explainer(json.object("explainer")),
            frame(json.object("frame")),
            quantisation(json.object("quantisation")),
            tolerances(json.object("tolerances")),
            json.flag("batchInvariant"),
            json.text("licence"),
            json.text("trainingData"));
    json.end();
    return manifest;
  }

  private static Map<String, FileDigest> files(JsonFields json) {
    return json.objectMap("files", ManifestReader::digest);
  }

  private static FileDigest digest(JsonFields json) {
    FileDigest digest = new FileDigest(json.text("sha256"), json.size("bytes"));
    if (!digest.sha256().matches("[0-9a-f]{64}")) {
      throw new ModelRefusedException(
          "a SHA-256 is 64 lower-case hex digits: '" + digest.sha256() + "'");
    }
    json.end();
    return digest;
  }

  private static Input input(JsonFields json) {
    Input input =
        new Input(
            json.text("name"),
            json.integer("channels"),
            json.integer("height"),
            json.integer("width"),
            json.text("layout"),
            json.floats("mean"),
            json.floats("std"));
    json.end();
    return input;
  }

  private static Link link(String text) {
    for (Link link : Link.values()) {
      if (ManifestTree.text(link).equals(text)) {
        return link;
      }
    }
    throw new ModelRefusedException("link must be sigmoid, softmax or identity: '" + text + "'");
  }

  private static Explainer explainer(JsonFields json) {
    Explainer explainer =
        new Explainer(
            json.text("id"),
            json.textMap("parameters"),
            json.has("probe") ? Optional.of(probe(json.object("probe"))) : Optional.empty());
    json.end();
    return explainer;
  }

  private static Probe probe(JsonFields json) {
    Probe probe =
        new Probe(
            json.integer("gridHeight"),
            json.integer("gridWidth"),
            json.number("share"),
            json.floats("fill"));
    json.end();
    return probe;
  }

  private static FrameSpec frame(JsonFields json) {
    FrameSpec frame =
        new FrameSpec(
            Set.copyOf(json.texts("modalities")),
            Set.copyOf(json.texts("views")),
            json.flag("lateral"),
            json.text("canonicalSide"),
            json.flag("canonicalInput"),
            json.text("template"),
            json.number("minCorrelation"),
            json.number("aspect"),
            json.objectOrNull("fieldOfView").map(ManifestReader::fieldOfView).orElse(null));
    json.end();
    return frame;
  }

  private static FieldOfView fieldOfView(JsonFields json) {
    FieldOfView field =
        new FieldOfView(
            json.number("centreX"),
            json.number("centreY"),
            json.number("diameter"),
            json.number("tolerance"));
    json.end();
    return field;
  }

  private static Quantisation quantisation(JsonFields json) {
    Quantisation quantisation =
        new Quantisation(
            json.integer("scaleExponent"), json.integer("floor"), json.flag("subtractMin"));
    json.end();
    return quantisation;
  }

  private static Tolerances tolerances(JsonFields json) {
    Tolerances tolerances =
        new Tolerances(
            json.number("residual"),
            json.number("parity"),
            json.has("rounded") ? json.numberMap("rounded") : Map.of());
    if (tolerances.residual() <= 0
        || tolerances.parity() <= 0
        || tolerances.rounded().values().stream().anyMatch(one -> one <= 0)) {
      throw new ModelRefusedException("tolerances must be positive: " + tolerances);
    }
    json.end();
    return tolerances;
  }
}
