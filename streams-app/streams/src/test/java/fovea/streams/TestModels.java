package fovea.streams;

import fovea.core.aggregate.ModelVersion;
import fovea.core.explainer.ExplainerSpec;
import fovea.core.frame.Frame;
import fovea.core.frame.FrameSpec;
import fovea.core.inference.Classifier;
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

  /** What hidden pixels become: no acquired one does. */
  static final float HIDDEN = -0.25f;

  private TestModels() {}

  /** A black box of fundus images that looks at the upper left quarter of what it sees. */
  static ServedModel blackBox(String id, int labels, Link link, double share) {
    return blackBox(id, labels, link, share, new QuadrantClassifier(labels, false));
  }

  static ServedModel blackBox(
      String id, int labels, Link link, double share, Classifier classifier) {
    FrameSpec frame = frame("OP", true, false);
    Manifest.Explainer explainer =
        new Manifest.Explainer(
            new ExplainerSpec.Occlusion(1, 1),
            new Manifest.Probe(GRID, GRID, share, List.of(HIDDEN)));
    Manifest manifest = manifest(id, labels, link, frame, Map.of("logits", "logits"), explainer);
    return served(manifest, frame, classifier);
  }

  /** Of fundus images, both eyes, with sigmoid labels A, B, …. */
  static ServedModel fundus(String id, int labels) {
    return model(id, labels, Link.SIGMOID, frame("OP", true, false));
  }

  static FrameSpec frame(String modality, boolean lateral, boolean canonicalInput) {
    return new FrameSpec(Set.of(modality), Set.of(), lateral, "L", canonicalInput, "", -1, 1, null);
  }

  static ServedModel model(String id, int labels, Link link, FrameSpec frame) {
    Manifest.Explainer own = new Manifest.Explainer("class-evidence", Map.of());
    Map<String, String> outputs = Map.of("logits", "logits", "evidence", "evidence");
    Manifest manifest = manifest(id, labels, link, frame, outputs, own);
    return served(manifest, frame, new CellMeanClassifier(labels, GRID, 0.25f));
  }

  private static Manifest manifest(
      String id,
      int labels,
      Link link,
      FrameSpec frame,
      Map<String, String> outputs,
      Manifest.Explainer explainer) {
    List<String> names =
        IntStream.range(0, labels).mapToObj(i -> String.valueOf((char) ('A' + i))).toList();
    Map<String, Double> thresholds = new HashMap<>();
    names.forEach(name -> thresholds.put(name, 0.6));
    return new Manifest(
        Manifest.CONTRACT,
        id,
        "1",
        Map.of(),
        new Manifest.Input("x", 1, SIDE, SIDE, "NCHW", List.of(0f), List.of(255f)),
        link,
        names,
        List.of(names.getFirst()),
        thresholds,
        outputs,
        List.of(),
        explainer,
        frame,
        new Manifest.Quantisation(-10, 8, true),
        new Manifest.Tolerances(1e-4, 1e-3),
        true,
        "Apache-2.0",
        "none");
  }

  private static ServedModel served(Manifest manifest, FrameSpec frame, Classifier classifier) {
    return new ServedModel(
        new ModelVersion(manifest.id(), "1", "fp32." + HASH),
        manifest,
        "ab".repeat(32),
        new Frame(frame, Optional.empty(), GRID, GRID),
        classifier,
        HASH);
  }
}
