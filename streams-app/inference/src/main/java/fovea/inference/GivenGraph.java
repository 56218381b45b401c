package fovea.inference;

import fovea.modelstore.HeadReading.Found;
import fovea.modelstore.HeadReading.Rewritten;
import fovea.modelstore.Manifest;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.PrototypeRewrite;
import fovea.modelstore.Readings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph that gives logits and evidence, by its author or by rewriting.
 *
 * @param graph with outputs of the contract; of a black box its logits alone
 * @param roles its output names by role
 * @param offset one per label, or one for all, as the head's algebra says; empty where nobody knows
 * @param found what was read off the head; empty where the author gave the evidence, or prototypes
 *     make it
 * @param prototypes what the last layer makes of prototypes; empty where there are none
 */
record GivenGraph(
    OnnxGraph graph,
    Map<String, String> roles,
    List<Float> offset,
    Optional<Found> found,
    Optional<PrototypeRewrite.Result> prototypes) {
  static final Manifest.Explainer CLASS_EVIDENCE =
      new Manifest.Explainer("class-evidence", Map.of());

  /** By the author. */
  GivenGraph(OnnxGraph graph, Map<String, String> roles) {
    this(graph, roles, List.of(), Optional.empty(), Optional.empty());
  }

  /** By rewriting. */
  GivenGraph(Rewritten rewritten) {
    this(
        rewritten.graph(),
        rewritten.outputs(),
        rewritten.offset(),
        Optional.of(rewritten.found()),
        Optional.empty());
  }

  /** By placing what prototypes add. */
  GivenGraph(PrototypeRewrite.Result placed) {
    this(placed.graph(), placed.outputs(), placed.offset(), Optional.empty(), Optional.of(placed));
  }

  GivenGraph with(OnnxGraph other) {
    return new GivenGraph(other, roles, offset, found, prototypes);
  }

  /**
   * How its further outputs are read.
   *
   * @param said by the user
   * @param centred whether the mean over labels is taken away from the logits
   */
  Readings readings(Readings said, boolean centred) {
    return prototypes
        .map(found -> centred ? found.centredWeights() : found.weights())
        .map(weights -> said.with(said.prototypes().orElse(Readings.Prototypes.ANY).with(weights)))
        .orElse(said);
  }

  /**
   * What explains: a tangent that is not the head itself explains to first order only.
   *
   * @param readings as they will be in the store
   */
  Manifest.Explainer explainer(Readings readings) {
    if (prototypes.isPresent()) {
      int top = readings.prototypes().orElseThrow().top();
      return new Manifest.Explainer("prototypes", Map.of("top", Integer.toString(top)));
    }
    if (found.isEmpty() || found.get().linear()) {
      return CLASS_EVIDENCE;
    }
    return found.get().exact()
        ? new Manifest.Explainer("class-evidence", Map.of("head", "piecewise-linear"))
        : new Manifest.Explainer("gradcam", Map.of("head", "first-order"));
  }
}
