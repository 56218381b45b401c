package fovea.inference;

import fovea.core.frame.Template;
import fovea.core.inference.ImageBatch;
import fovea.modelstore.EvidenceRewrite;
import fovea.modelstore.HeadReading;
import fovea.modelstore.HeadRewrite;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.Manifest.Explainer;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.PrototypeRewrite;
import fovea.modelstore.Readings;
import fovea.modelstore.ReadingsJson;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One graph on its way into a store. Thread-confined, used once. */
final class Addition {
  private static final long MAX_FILE_BYTES = Integer.MAX_VALUE;

  /** How often a graph is held while it is read, changed and written. */
  private static final int COPIES = 6;

  private static final int SEEDED_IMAGES = 8;
  private static final int PARITY_IMAGES = 2;
  private static final List<String> ROLES =
      List.of(
          "logits",
          "evidence",
          "offset",
          "embedding",
          "projection",
          "prototype_similarity",
          "lesions");

  private final InferenceConfig config;
  private final OnnxEngine engine;
  private final ModelAdd.Request asked;
  private final Readings said;
  private final List<String> notes = new ArrayList<>();

  Addition(InferenceConfig config, ModelAdd.Request request, Readings said) {
    this.config = config;
    this.engine = new OnnxEngine(config);
    this.asked = request;
    this.said = said;
  }

  Adding run() {
    OnnxGraph source = OnnxGraph.read(content());
    Optional<Map<String, String>> roles = roles(source);
    if (roles.isPresent()) {
      return add(source, new GivenGraph(source, roles.get()));
    }
    return switch (HeadRewrite.of(source)) {
      case HeadReading.BlackBox box -> addBlackBox(source, box);
      case HeadReading.Rewritten rewritten -> add(source, new GivenGraph(rewritten));
    };
  }

  /**
   * What is known to be made of prototypes is served by them, unless another explainer is wanted.
   */
  private Adding addBlackBox(OnnxGraph source, HeadReading.BlackBox box) {
    Optional<GivenGraph> placed =
        asked.probing().explainer().isPresent()
            ? Optional.empty()
            : PrototypeRewrite.of(source).map(GivenGraph::new);
    return placed
        .map(graph -> add(source, graph))
        .orElseGet(() -> new BlackBoxAddition(config, asked, notes).add(source, box));
  }

  private Adding add(OnnxGraph source, GivenGraph written) {
    new Sighting(source, written).tell(notes);
    asked.probing().unneeded().ifPresent(notes::add);
    ModelAdd.Request request = new Guesses(asked, source, written, notes).completed();
    Link link = request.link().orElseThrow();
    ManifestDraft draft = new ManifestDraft(request, link, written.graph());
    Rehearsal rehearsal = new Rehearsal(engine, draft, notes);
    GivenGraph given = rehearsal.withOpenBatch(written);
    if (given.found().isPresent() && given.found().get().float16()) {
      rehearsal.sameLogits(given, HeadRewrite.withItsOwnLogits(source));
    }
    Contracted graph = contracted(draft, given);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(StoredModel.ONNX, graph.graph().bytes());
    Findings findings = tryOut(request, draft, graph, files);
    if (!graph.readings().isEmpty()) {
      files.put(Readings.FILE, ReadingsJson.write(graph.readings()));
    }
    if (graph.outputs().containsKey("lesions") && said.lesions().isEmpty()) {
      notes.add("The output lesions is not read, because nobody said how (--readings).");
    }
    return new NewVersion(config, request, draft).add(source, findings, files, notes);
  }

  /**
   * A graph as the contract wants it.
   *
   * @param offset one per label where the head's algebra says it; empty where it is measured
   */
  private record Contracted(
      OnnxGraph graph,
      Map<String, String> outputs,
      List<Float> offset,
      Explainer explainer,
      Readings readings) {}

  private byte[] content() {
    Path file = asked.onnx();
    try {
      if (!Files.isRegularFile(file)) {
        throw new ModelRefusedException("no file " + file);
      }
      long room = Runtime.getRuntime().maxMemory() / COPIES;
      if (Files.size(file) > room) {
        throw new ModelRefusedException(
            "%s has %d bytes; the memory of this process is enough for %d (java -Xmx)"
                .formatted(file, Files.size(file), room));
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new ModelRefusedException(
            "%s has %d bytes, the limit is %d".formatted(file, Files.size(file), MAX_FILE_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ModelRefusedException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  /** The author's outputs of the contract; empty where logits or evidence are not among them. */
  private static Optional<Map<String, String>> roles(OnnxGraph graph) {
    Map<String, String> roles = new LinkedHashMap<>();
    ROLES.stream()
        .filter(role -> graph.output(role).isPresent())
        .forEach(role -> roles.put(role, role));
    return roles.containsKey("logits") && roles.containsKey("evidence")
        ? Optional.of(roles)
        : Optional.empty();
  }

  /** The graph as the contract wants it: no bias in the evidence, and for softmax the contrast. */
  private Contracted contracted(ManifestDraft draft, GivenGraph given) {
    Manifest manifest = draft.unproven(given.roles());
    Evidence seen;
    try (Trial trial = new Trial(engine, manifest, given.graph().bytes())) {
      seen = Evidence.seen(manifest, trial, seeded(draft));
    }
    List<Float> bias = bias(given, manifest.labels().size());
    boolean centre = manifest.link() == Link.SOFTMAX && !seen.balanced();
    if (!bias.isEmpty()) {
      notes.add("The evidence held a bias per label; it was moved into the offset: " + bias + ".");
    }
    if (centre) {
      notes.add(
          "The evidence did not sum to 0 over labels; nodes at the graph's end subtract the mean"
              + " over labels from evidence and logits, which leaves the softmax as it was.");
    }
    EvidenceRewrite.Result result =
        bias.isEmpty() && !centre
            ? new EvidenceRewrite.Result(given.graph(), given.roles())
            : EvidenceRewrite.of(given.graph(), given.roles(), bias, centre);
    Readings readings = given.readings(said, centre);
    return new Contracted(
        result.graph(),
        result.outputs(),
        Offsets.exact(given.offset(), bias, manifest.labels().size(), centre),
        given.explainer(readings),
        readings);
  }

  /** A bias that can be moved: one per label, and no offset output that would have to know it. */
  private static List<Float> bias(GivenGraph given, int labels) {
    List<Float> bias =
        EvidenceRewrite.bias(given.graph(), String.valueOf(given.roles().get("evidence")));
    boolean movable =
        !given.roles().containsKey("offset")
            && bias.size() == labels
            && bias.stream().anyMatch(b -> b != 0);
    return movable ? bias : List.of();
  }

  private Findings tryOut(
      ModelAdd.Request request, ManifestDraft draft, Contracted graph, Map<String, byte[]> files) {
    Manifest manifest = draft.unproven(graph.outputs());
    try (Trial trial = new Trial(engine, manifest, graph.graph().bytes())) {
      Evidence seen = Evidence.seen(manifest, trial, seeded(draft));
      Optional<Template> template = request.images().map(folder -> sample(folder, trial, seen));
      template.ifPresent(t -> files.put(ManifestDraft.TEMPLATE, t.bytes()));
      files.putAll(parity(draft, trial).files());
      notes.add(
          "The scale holds four times the greatest evidence seen, %s, on %d images."
              .formatted(seen.greatest(), seen.images()));
      notes.add(
          "Measured: logits are mean(evidence) + offset to %.1e of the greatest evidence; %d images"
                  .formatted(seen.residual() / Math.max(1, seen.greatest()), PARITY_IMAGES)
              + " were kept as parity vectors, which every load repeats.");
      boolean invariant = trial.batchInvariant(manifest);
      notes.add(
          invariant
              ? "Measured: an image gives the same bits alone and in a batch."
              : "Measured: an image's outputs depend on its batch by rounding, so images are run"
                  + " one by one.");
      return new Findings(
          graph.outputs(),
          graph.outputs().containsKey("offset")
              ? List.of()
              : Offsets.agreed(graph.offset(), seen.offset(), seen.limit()),
          ManifestDraft.quantisation(seen.greatest()),
          ManifestDraft.frame(template),
          graph.explainer(),
          invariant);
    }
  }

  private Template sample(Path folder, Trial trial, Evidence seen) {
    ImageSample sample = new ImageSample(folder, trial.input());
    seen.addAll(trial, sample.images());
    Template template = sample.template();
    notes.add(
        "The frame's template is the mean of %d images of a sample; %d files were no image."
            .formatted(sample.readable(), sample.unreadable()));
    return template;
  }

  private static ParityVectors parity(ManifestDraft draft, Trial trial) {
    ImageBatch batch = new SeededImages(draft.input()).batch(PARITY_IMAGES);
    return trial.parity(batch);
  }

  private static Iterable<ImageBatch> seeded(ManifestDraft draft) {
    return new SeededImages(draft.input()).singles(SEEDED_IMAGES);
  }
}
