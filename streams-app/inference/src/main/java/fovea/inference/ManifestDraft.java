package fovea.inference;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.frame.FrameSpec;
import fovea.core.frame.Template;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.Manifest.Explainer;
import fovea.modelstore.Manifest.Probe;
import fovea.modelstore.Manifest.Quantisation;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A manifest of what a user said of a graph, to be completed by what is found. Immutable. */
final class ManifestDraft {
  static final String TEMPLATE = "template.f32";

  /** Rounding is half a step, so a maximum of this many steps is known to about six percent. */
  private static final int FLOOR_STEPS = 8;

  /** The greatest evidence seen may be exceeded this often before a cell is clipped. */
  private static final double HEADROOM = 4;

  private static final int LEAST_EXPONENT = -30;
  private static final int GREATEST_EXPONENT = 30;
  private static final double THRESHOLD = 0.5;
  private static final Manifest.Tolerances TOLERANCES = new Manifest.Tolerances(1e-5, 1e-4);
  private static final FrameSpec ANY_FRAME =
      new FrameSpec(Set.of(), Set.of(), false, "L", false, "", 0, 0, null);

  private final ModelAdd.Request request;
  private final Link link;
  private final Manifest.Input input;
  private final String trainingData;
  private final String licence;

  ManifestDraft(ModelAdd.Request request, Link link, OnnxGraph graph) {
    if (graph.inputs().size() != 1) {
      throw new ModelRefusedException("the graph must have one input, it has " + graph.inputs());
    }
    this.request = request;
    this.link = link;
    this.input = request.input().orElseThrow().input(graph.inputs().getFirst().name());
    this.trainingData = said(graph, "data", "training_data");
    this.licence = said(graph, "license", "licence");
  }

  Manifest.Input input() {
    return input;
  }

  /** The manifest before anything was found. */
  Manifest unproven(Map<String, String> outputs) {
    Quantisation any = new Quantisation(0, 0, true);
    Explainer explainer = outputs.containsKey("evidence") ? GivenGraph.CLASS_EVIDENCE : anyProbe();
    return manifest("1", new Findings(outputs, List.of(), any, ANY_FRAME, explainer, false));
  }

  private Explainer anyProbe() {
    List<Float> fill = Collections.nCopies(input.channels(), 0f);
    return new Explainer(new ExplainerSpec.Occlusion(1, 1), new Probe(1, 1, 0, fill));
  }

  Manifest manifest(String version, Findings found) {
    try {
      return new Manifest(
          Manifest.CONTRACT,
          request.id(),
          version,
          Map.of(),
          input,
          link,
          request.labels(),
          positive(),
          thresholds(),
          found.outputs(),
          found.offset(),
          found.explainer(),
          found.frame(),
          found.quantisation(),
          TOLERANCES,
          found.batchInvariant(),
          licence,
          trainingData);
    } catch (IllegalArgumentException e) {
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The labels to validate: as said; else the second of two that exclude each other; else all. */
  List<String> positive() {
    if (!request.positive().isEmpty()) {
      return request.positive();
    }
    boolean mirrored = link == Link.SOFTMAX && request.labels().size() == 2;
    return mirrored ? request.labels().subList(1, 2) : request.labels();
  }

  /**
   * The finest power of two that holds evidence of four times the greatest seen in an int16.
   *
   * @throws ModelRefusedException if there is no such step
   */
  static Quantisation quantisation(double greatest) {
    if (greatest == 0) {
      throw new ModelRefusedException("the evidence is 0 everywhere on every image tried");
    }
    int exponent = LEAST_EXPONENT;
    while (Math.scalb((double) Short.MAX_VALUE, exponent) < HEADROOM * greatest) {
      exponent++;
    }
    if (exponent > GREATEST_EXPONENT) {
      throw new ModelRefusedException("the evidence is too large to be kept: " + greatest);
    }
    return new Quantisation(exponent, FLOOR_STEPS, true);
  }

  /** The frame of a sample's template; without one, every image is accepted. */
  static FrameSpec frame(Optional<Template> template) {
    return template
        .map(
            t ->
                new FrameSpec(
                    Set.of(),
                    Set.of(),
                    false,
                    "L",
                    false,
                    TEMPLATE,
                    t.minCorrelation(),
                    t.aspect(),
                    t.fieldOfView().orElse(null)))
        .orElse(ANY_FRAME);
  }

  private Map<String, Double> thresholds() {
    Map<String, Double> thresholds = new TreeMap<>();
    request.labels().forEach(label -> thresholds.put(label, THRESHOLD));
    return thresholds;
  }

  private static String said(OnnxGraph graph, String... keys) {
    Map<String, String> metadata = graph.metadata();
    for (String key : keys) {
      if (metadata.containsKey(key)) {
        return "as the ONNX file says: " + metadata.get(key);
      }
    }
    return "not stated";
  }
}
