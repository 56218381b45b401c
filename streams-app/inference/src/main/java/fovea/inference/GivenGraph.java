package fovea.inference;

import fovea.modelstore.HeadReading.Found;
import fovea.modelstore.HeadReading.Rewritten;
import fovea.modelstore.Manifest;
import fovea.modelstore.OnnxGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph that gives logits and evidence, by its author or by rewriting.
 *
 * @param graph with outputs of the contract; of a black box its logits alone
 * @param roles its output names by role
 * @param offset one per label, or one for all, as the head's algebra says; empty where nobody knows
 * @param found what was read off the head; empty where the author gave the evidence
 */
record GivenGraph(
    OnnxGraph graph, Map<String, String> roles, List<Float> offset, Optional<Found> found) {
  static final Manifest.Explainer CLASS_EVIDENCE =
      new Manifest.Explainer("class-evidence", Map.of());

  /** By the author. */
  GivenGraph(OnnxGraph graph, Map<String, String> roles) {
    this(graph, roles, List.of(), Optional.empty());
  }

  /** By rewriting. */
  GivenGraph(Rewritten rewritten) {
    this(
        rewritten.graph(), rewritten.outputs(), rewritten.offset(), Optional.of(rewritten.found()));
  }

  GivenGraph with(OnnxGraph other) {
    return new GivenGraph(other, roles, offset, found);
  }

  /** What explains: a tangent that is not the head itself explains to first order only. */
  Manifest.Explainer explainer() {
    if (found.isEmpty() || found.get().linear()) {
      return CLASS_EVIDENCE;
    }
    return found.get().exact()
        ? new Manifest.Explainer("class-evidence", Map.of("head", "piecewise-linear"))
        : new Manifest.Explainer("gradcam", Map.of("head", "first-order"));
  }
}
