package fovea.modelstore;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.frame.FieldOfView;
import fovea.core.frame.FrameSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Manifests to test with. */
final class Manifests {
  private Manifests() {}

  static Manifest of(String id, String version) {
    return new Manifest(
        "evidence/1",
        id,
        version,
        Map.of("model.onnx", new Manifest.FileDigest("0".repeat(64), 12)),
        new Manifest.Input(
            "image", 3, 4, 6, "NCHW", List.of(127.5f, 0f, 1f), List.of(127.5f, 255f, 0.1f)),
        Link.SIGMOID,
        List.of("a", "b"),
        List.of("b"),
        Map.of("a", 0.5, "b", 0.25),
        Map.of("logits", "logits", "evidence", "evidence"),
        List.of(0.125f, -3f),
        new Manifest.Explainer("class-evidence", Map.of("grid", "native", "cell", "mean")),
        frame(""),
        new Manifest.Quantisation(-10, 8, true),
        new Manifest.Tolerances(1e-5, 1e-4),
        true,
        "Apache-2.0",
        "none: \"made\" for a tést");
  }

  /** Explained from outside, on 3×4 cells of an input of 4×6. */
  static Manifest blackBox() {
    Manifest m = of("box", "1");
    return new Manifest(
        m.contract(),
        m.id(),
        m.version(),
        m.files(),
        m.input(),
        m.link(),
        m.labels(),
        m.positive(),
        m.thresholds(),
        Map.of("logits", "logits"),
        List.of(),
        new Manifest.Explainer(
            new ExplainerSpec.Occlusion(2, 2),
            new Manifest.Probe(3, 4, 0.25, List.of(0f, 0.5f, 1f))),
        m.frame(),
        m.quantisation(),
        m.tolerances(),
        m.batchInvariant(),
        m.licence(),
        m.trainingData());
  }

  static FrameSpec frame(String template) {
    return new FrameSpec(
        Set.of("OP", "CR", "DX"),
        Set.of("MACULA"),
        true,
        "L",
        false,
        template,
        0.7,
        1.0,
        new FieldOfView(0.5, 0.5, 0.9, 0.1));
  }

  static Manifest withTemplate(Manifest m, String template) {
    return new Manifest(
        m.contract(),
        m.id(),
        m.version(),
        m.files(),
        m.input(),
        m.link(),
        m.labels(),
        m.positive(),
        m.thresholds(),
        m.outputs(),
        m.offset(),
        m.explainer(),
        frame(template),
        m.quantisation(),
        m.tolerances(),
        m.batchInvariant(),
        m.licence(),
        m.trainingData());
  }
}
