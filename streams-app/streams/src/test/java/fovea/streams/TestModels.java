package fovea.streams;

import fovea.core.aggregate.ModelVersion;
import fovea.core.frame.Frame;
import fovea.core.frame.FrameSpec;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Small models of 16×16 grey pixels and a 4×4 grid. */
final class TestModels {
  static final int SIDE = 16;
  static final int GRID = 4;
  static final String HASH = "0123456789abcdef";

  private TestModels() {}

  /** Of fundus images, both eyes, with sigmoid labels A, B, …. */
  static ServedModel fundus(String id, int labels) {
    return model(id, labels, Link.SIGMOID, frame("OP", true, false));
  }

  static FrameSpec frame(String modality, boolean lateral, boolean canonicalInput) {
    return new FrameSpec(Set.of(modality), Set.of(), lateral, "L", canonicalInput, "", -1, 1, null);
  }

  static ServedModel model(String id, int labels, Link link, FrameSpec frame) {
    List<String> names =
        IntStream.range(0, labels).mapToObj(i -> String.valueOf((char) ('A' + i))).toList();
    Map<String, Double> thresholds = new HashMap<>();
    names.forEach(name -> thresholds.put(name, 0.6));
    Manifest manifest =
        new Manifest(
            Manifest.CONTRACT,
            id,
            "1",
            Map.of(),
            new Manifest.Input("x", 1, SIDE, SIDE, "NCHW", List.of(0f), List.of(255f)),
            link,
            names,
            List.of(names.getFirst()),
            thresholds,
            Map.of("logits", "logits", "evidence", "evidence"),
            List.of(),
            new Manifest.Explainer("class-evidence", Map.of()),
            frame,
            new Manifest.Quantisation(-10, 8, true),
            new Manifest.Tolerances(1e-4, 1e-3),
            true,
            "Apache-2.0",
            "none");
    return new ServedModel(
        new ModelVersion(id, "1", "fp32." + HASH),
        manifest,
        "ab".repeat(32),
        new Frame(frame, Optional.empty(), GRID, GRID),
        new CellMeanClassifier(labels, GRID, 0.25f),
        HASH);
  }
}
