package fovea.inference;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.blackbox.LogitProbe;
import fovea.core.explainer.blackbox.ProbePlan;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.HeadReading;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.Manifest.Explainer;
import fovea.modelstore.Manifest.Probe;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import fovea.modelstore.StoredModel.Grid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A graph that gives logits alone, on its way into a store. Thread-confined, used once. */
final class BlackBoxAddition {
  private static final int PARITY_IMAGES = 2;
  private static final int SIDE = 7;
  private static final int BATCH = 16;

  private final InferenceConfig config;
  private final OnnxEngine engine;
  private final ModelAdd.Request asked;
  private final List<String> notes;

  BlackBoxAddition(InferenceConfig config, ModelAdd.Request asked, List<String> notes) {
    this.config = config;
    this.engine = new OnnxEngine(config);
    this.asked = asked;
    this.notes = notes;
  }

  Adding add(OnnxGraph source, HeadReading.BlackBox box) {
    GivenGraph written =
        box.logits()
            .map(GivenGraph::new)
            .orElseThrow(() -> new ModelRefusedException("no logits: " + box.reason()));
    new Sighting(source, written).tellBlackBox(box.reason(), written.found().orElseThrow(), notes);
    ModelAdd.Request request = new Guesses(asked, source, written, notes).completed();
    ManifestDraft draft = new ManifestDraft(request, request.link().orElseThrow(), written.graph());
    GivenGraph graph = new Rehearsal(engine, draft, notes).withOpenBatch(written);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(StoredModel.ONNX, graph.graph().bytes());
    Findings findings = tryOut(request, draft, graph, files);
    return new NewVersion(config, request, draft).add(source, findings, files, notes);
  }

  private Findings tryOut(
      ModelAdd.Request request, ManifestDraft draft, GivenGraph graph, Map<String, byte[]> files) {
    Manifest manifest = draft.unproven(graph.roles());
    try (Trial trial = new Trial(engine, manifest, graph.graph().bytes())) {
      ProbeImages images = ProbeImages.of(draft.input(), request.images(), notes);
      images.template().ifPresent(t -> files.put(ManifestDraft.TEMPLATE, t.bytes()));
      Explainer explainer = explainer(request, images, trial);
      double greatest = greatest(plan(explainer, manifest.link()), images, trial);
      files.putAll(trial.parity(new SeededImages(draft.input()).batch(PARITY_IMAGES)).files());
      boolean invariant = trial.batchInvariant(manifest);
      notes.add(
          invariant
              ? "Measured: an image gives the same bits alone and in a batch, so its map is the"
                  + " same whenever it is made."
              : "Measured: an image's logits depend on its batch by rounding, so images, masked"
                  + " ones too, are run one by one.");
      return new Findings(
          graph.roles(),
          List.of(),
          ManifestDraft.quantisation(greatest),
          ManifestDraft.frame(images.template()),
          explainer,
          invariant);
    }
  }

  /** As asked for, or as is usual; refused where it takes too long here. */
  private Explainer explainer(ModelAdd.Request request, ProbeImages images, Trial trial) {
    Probing probing = request.probing();
    ExplainerSpec spec = probing.chosen();
    Grid grid = probing.grid().orElseGet(() -> usual(trial.input()));
    Probe all = probe(grid, 1, images);
    int forwards =
        plan(new Explainer(spec, all), request.link().orElseThrow())
            .forwards(request.labels().size());
    MapCost cost = new MapCost(spec, forwards, trial.forward());
    cost.objection(probing.mostPerImage(), "the standard inference.timeout")
        .ifPresent(
            why -> {
              throw new ModelRefusedException(why);
            });
    double share = probing.share().orElseGet(() -> asMuchAsScoring(forwards));
    notes.add(
        "Explained from outside by %s, on a grid of %dx%d: %s."
            .formatted(spec.text(), grid.height(), grid.width(), cost.text()));
    notes.add(
        String.format(
            Locale.ROOT,
            "A share of %s of images gets a map, chosen by their ids: %.1f more forwards for each"
                + " image that is scored. The others are scored, decided and counted as without a"
                + " map (--explainer, --grid, --share).",
            share,
            share * forwards));
    return new Explainer(spec, probe(grid, share, images));
  }

  private static Probe probe(Grid grid, double share, ProbeImages images) {
    ImageBatch image = images.explained().getFirst();
    if (grid.height() > image.height() || grid.width() > image.width()) {
      throw new ModelRefusedException(
          "a grid of %dx%d is finer than the input's %dx%d"
              .formatted(grid.height(), grid.width(), image.height(), image.width()));
    }
    try {
      return new Probe(grid.height(), grid.width(), share, images.fill());
    } catch (IllegalArgumentException e) {
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ProbePlan plan(Explainer explainer, Link link) {
    Probe probe = explainer.probe().orElseThrow();
    return new ProbePlan(
        explainer.spec(),
        probe.gridHeight(),
        probe.gridWidth(),
        probe.fill(),
        link == Link.SOFTMAX);
  }

  /** Seven cells on the shorter side, and as square as may be. */
  private static Grid usual(Manifest.Input input) {
    int shorter = Math.min(input.height(), input.width());
    int side = Math.min(SIDE, shorter);
    return new Grid(
        (int) Math.round((double) side * input.height() / shorter),
        (int) Math.round((double) side * input.width() / shorter));
  }

  /** Two digits of 1 ÷ forwards, rounded down. */
  private static double asMuchAsScoring(int forwards) {
    double unit = Math.pow(10, Math.floor(Math.log10(1.0 / forwards)) - 1);
    double share = Math.floor(1.0 / forwards / unit) * unit;
    return Double.parseDouble(String.format(Locale.ROOT, "%.1e", share));
  }

  /** The greatest value of a map. */
  private double greatest(ProbePlan plan, ProbeImages images, Trial trial) {
    LogitProbe probe = new LogitProbe(plan, BATCH, trial::runTogether);
    double greatest = 0;
    int index = 0;
    for (ImageBatch image : images.explained()) {
      Outputs outputs = trial.run(image);
      if (!outputs.finite()) {
        throw new ModelRefusedException("the model gives NaN or infinity");
      }
      Outputs maps = probe.explained("seen-" + index++, image, outputs);
      for (float value : Acceptance.evidence(List.of(maps))) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    if (greatest == 0) {
      throw new ModelRefusedException("no logit changes when parts of an image are hidden");
    }
    notes.add(
        "The scale holds four times the greatest change seen, %s, on %d images."
            .formatted(greatest, index));
    return greatest;
  }
}
