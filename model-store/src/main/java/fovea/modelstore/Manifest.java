package fovea.modelstore;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.blackbox.Perturbation;
import fovea.core.explainer.blackbox.ProbePlan;
import fovea.core.frame.FrameSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of a model of contract {@code evidence/1}: {@code manifest.json}.
 *
 * <p>A changed threshold or preprocessing is a new version. Immutable.
 *
 * @param contract always {@code evidence/1}
 * @param id model id, letters, digits, '.', '_' and '-'
 * @param version the same alphabet, e.g. {@code 1}
 * @param files digest of each file beside the manifest, by its name
 * @param input what the graph takes
 * @param link from logits to probabilities
 * @param labels in the graph's order
 * @param positive the labels that are validated and alarmed on
 * @param thresholds by label; every label has one
 * @param outputs the graph's output name by role: {@code logits}, {@code evidence} unless it is a
 *     black box, optionally {@code offset}, {@code embedding}, {@code projection}, {@code
 *     prototype_similarity}, {@code lesions}
 * @param offset one bias per label; empty where the graph gives it as an output, and of black boxes
 * @param explainer id and parameters of the explainer
 * @param frame the aligned space
 * @param quantisation from evidence to int16
 * @param tolerances what counts as equal
 * @param batchInvariant whether an image's outputs do not depend on its batch, as measured
 * @param licence SPDX id or a sentence
 * @param trainingData what it was trained on, in words
 */
public record Manifest(
    String contract,
    String id,
    String version,
    Map<String, FileDigest> files,
    Input input,
    Link link,
    List<String> labels,
    List<String> positive,
    Map<String, Double> thresholds,
    Map<String, String> outputs,
    List<Float> offset,
    Explainer explainer,
    FrameSpec frame,
    Quantisation quantisation,
    Tolerances tolerances,
    boolean batchInvariant,
    String licence,
    String trainingData) {

  public static final String CONTRACT = "evidence/1";

  public Manifest {
    files = Map.copyOf(files);
    labels = List.copyOf(labels);
    positive = List.copyOf(positive);
    thresholds = Map.copyOf(thresholds);
    outputs = Map.copyOf(outputs);
    offset = List.copyOf(offset);
    if (!CONTRACT.equals(contract)) {
      throw new IllegalArgumentException("contract must be evidence/1: '" + contract + "'");
    }
    checkName("id", id);
    checkName("version", version);
    checkLabels(labels, positive, thresholds);
    if (!outputs.containsKey("logits")) {
      throw new IllegalArgumentException("outputs must name logits: " + outputs);
    }
    checkExplainer(explainer, outputs, input);
    if (!offset.isEmpty() && offset.size() != labels.size()) {
      throw new IllegalArgumentException(
          "%d offsets for %d labels".formatted(offset.size(), labels.size()));
    }
    if (!outputs.containsKey("evidence") && (!offset.isEmpty() || outputs.containsKey("offset"))) {
      throw new IllegalArgumentException("without evidence there is no offset beside it");
    }
  }

  /** Whether the graph gives logits alone, so that an explainer has to ask it from outside. */
  public boolean blackBox() {
    return !outputs.containsKey("evidence");
  }

  /**
   * How a black box is asked.
   *
   * @throws IllegalStateException if the graph gives its evidence itself
   */
  public ProbePlan probePlan() {
    Probe probe =
        explainer.probe().orElseThrow(() -> new IllegalStateException("the graph gives evidence"));
    return new ProbePlan(
        explainer.spec(),
        probe.gridHeight(),
        probe.gridWidth(),
        probe.fill(),
        link == Link.SOFTMAX);
  }

  /** The same model with these files. */
  public Manifest withFiles(Map<String, FileDigest> replacement) {
    return new Manifest(
        contract,
        id,
        version,
        replacement,
        input,
        link,
        labels,
        positive,
        thresholds,
        outputs,
        offset,
        explainer,
        frame,
        quantisation,
        tolerances,
        batchInvariant,
        licence,
        trainingData);
  }

  /** SHA-256 in lower-case hex and size of one file. */
  public record FileDigest(String sha256, long bytes) {}

  /**
   * What the graph takes: float32 1×3×H×W or 1×1×H×W (the first extent free for batches).
   *
   * @param name the graph's input name
   * @param channels 3 for RGB, 1 for grey
   * @param height rows
   * @param width columns
   * @param layout {@code NCHW}
   * @param mean per channel, in 0..255
   * @param std per channel, in 0..255: the tensor is (sample − mean) / std
   */
  public record Input(
      String name,
      int channels,
      int height,
      int width,
      String layout,
      List<Float> mean,
      List<Float> std) {
    public Input {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      if (channels != 1 && channels != 3) {
        throw new IllegalArgumentException("channels must be 1 or 3: " + channels);
      }
      if (height <= 0 || width <= 0 || height > 4096 || width > 4096) {
        throw new IllegalArgumentException("sides must be 1..4096: " + height + "x" + width);
      }
      if (!"NCHW".equals(layout)) {
        throw new IllegalArgumentException("layout must be NCHW: '" + layout + "'");
      }
      if (mean.size() != channels || std.size() != channels || std.contains(0f)) {
        throw new IllegalArgumentException(
            "mean and std must have one value a channel, std not 0: " + mean + ", " + std);
      }
    }
  }

  /**
   * The explainer's id, e.g. {@code class-evidence}, and its parameters.
   *
   * @param probe how a black box is asked; empty where the graph gives its evidence itself
   */
  public record Explainer(String id, Map<String, String> parameters, Optional<Probe> probe) {
    public Explainer {
      parameters = Map.copyOf(parameters);
    }

    /** Of a graph that gives its evidence itself. */
    public Explainer(String id, Map<String, String> parameters) {
      this(id, parameters, Optional.empty());
    }

    /** One that asks a black box. */
    public Explainer(ExplainerSpec spec, Probe probe) {
      this(spec.id(), spec.parameters(), Optional.of(probe));
    }

    /**
     * What id and parameters name.
     *
     * @throws IllegalArgumentException if that is no explainer
     */
    public ExplainerSpec spec() {
      StringBuilder text = new StringBuilder(id);
      parameters.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
      return ExplainerSpec.parse(text.toString());
    }
  }

  /**
   * How a black box is explained from outside.
   *
   * @param gridHeight rows of its maps, at most the input's
   * @param gridWidth columns of its maps, at most the input's
   * @param share of images that get a map, 0..1; which ones follows from their ids alone
   * @param fill what hidden pixels become: one value per channel, as the graph takes it
   */
  public record Probe(int gridHeight, int gridWidth, double share, List<Float> fill) {
    public Probe {
      fill = List.copyOf(fill);
      if (gridHeight < 1 || gridWidth < 1 || gridHeight > 1024 || gridWidth > 1024) {
        throw new IllegalArgumentException(
            "explainer.probe: sides of the grid must be 1..1024: " + gridHeight + "x" + gridWidth);
      }
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("explainer.probe.share must be 0..1: " + share);
      }
      if (fill.stream().anyMatch(value -> !Float.isFinite(value))) {
        throw new IllegalArgumentException("explainer.probe.fill must be numbers: " + fill);
      }
    }
  }

  /**
   * Evidence to int16: value ÷ 2^scaleExponent, rounded half up, clipped to ±32767.
   *
   * @param scaleExponent power of two of one step, e.g. −10
   * @param floor a map whose quantised maximum is not above this counts as empty; in steps
   * @param subtractMin whether ATTENTION_MAX1 subtracts the map's minimum first
   */
  public record Quantisation(int scaleExponent, int floor, boolean subtractMin) {
    public Quantisation {
      if (scaleExponent < -30 || scaleExponent > 30 || floor < 0) {
        throw new IllegalArgumentException(
            "exponent must be -30..30, floor not negative: " + scaleExponent + ", " + floor);
      }
    }
  }

  /**
   * Relative differences that count as equal, in fp32: of the residual, and of the parity vectors.
   *
   * @param residual of logits beside mean(evidence) + offset
   * @param parity of outputs beside the author's
   * @param rounded both, in precisions that round more, e.g. {@code fp16}; for those that are
   *     missing a few units of the precision's last place
   */
  public record Tolerances(double residual, double parity, Map<String, Double> rounded) {
    private static final Map<String, Double> STANDARD = Map.of("fp16", 1e-2, "bf16", 8e-2);

    public Tolerances {
      rounded = Map.copyOf(rounded);
    }

    /** Other precisions as is usual. */
    public Tolerances(double residual, double parity) {
      this(residual, parity, Map.of());
    }

    /** What counts as equal in {@code precision}; in an unknown one what does in fp32. */
    public Tolerances in(String precision) {
      double least = rounded.getOrDefault(precision, STANDARD.getOrDefault(precision, 0.0));
      return new Tolerances(Math.max(residual, least), Math.max(parity, least), rounded);
    }
  }

  private static void checkName(String what, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          what + " must be letters, digits, '.', '_' and '-': '" + name + "'");
    }
  }

  private static void checkExplainer(
      Explainer explainer, Map<String, String> outputs, Input input) {
    boolean blackBox = !outputs.containsKey("evidence");
    if (blackBox != explainer.probe().isPresent()) {
      throw new IllegalArgumentException(
          blackBox
              ? "outputs name no evidence, so explainer.probe must say how the model is asked"
              : "outputs name evidence, so there is nothing for explainer.probe to ask");
    }
    if (!blackBox) {
      return;
    }
    Probe probe = explainer.probe().orElseThrow();
    Perturbation.of(explainer.spec());
    if (probe.gridHeight() > input.height() || probe.gridWidth() > input.width()) {
      throw new IllegalArgumentException(
          "explainer.probe: a grid of %dx%d is finer than the input's %dx%d"
              .formatted(probe.gridHeight(), probe.gridWidth(), input.height(), input.width()));
    }
    if (probe.fill().size() != input.channels()) {
      throw new IllegalArgumentException(
          "explainer.probe.fill must have one value per channel: " + probe.fill());
    }
  }

  private static void checkLabels(
      List<String> labels, List<String> positive, Map<String, Double> thresholds) {
    if (labels.isEmpty() || Set.copyOf(labels).size() != labels.size()) {
      throw new IllegalArgumentException("labels must be some, each once: " + labels);
    }
    if (!labels.containsAll(positive) || positive.isEmpty()) {
      throw new IllegalArgumentException("positive must be some of the labels: " + positive);
    }
    if (!thresholds.keySet().equals(Set.copyOf(labels))) {
      throw new IllegalArgumentException("every label has one threshold: " + thresholds);
    }
  }
}
