package fovea.inference;

import fovea.core.frame.Template;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.EvidenceRewrite;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ModelWriter;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.ParityVectors.Tensor;
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
  private final ModelAdd.Request request;
  private final List<String> notes = new ArrayList<>();

  Addition(InferenceConfig config, ModelAdd.Request request) {
    this.config = config;
    this.engine = new OnnxEngine(config);
    this.request = request;
  }

  Adding run() {
    OnnxGraph source = OnnxGraph.read(content());
    Map<String, String> roles = roles(source);
    ManifestDraft draft = new ManifestDraft(request, link(), source);
    EvidenceRewrite.Result graph = contracted(draft, source, roles);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(StoredModel.ONNX, graph.graph().bytes());
    Findings findings = tryOut(draft, graph, files);
    Manifest manifest = draft.manifest("1", findings);
    noteChoices(manifest);
    files.put("model-card.md", ModelCard.write(manifest, source, notes));
    return store(draft, findings, files);
  }

  private byte[] content() {
    Path file = request.onnx();
    try {
      if (!Files.isRegularFile(file)) {
        throw new ModelRefusedException("no file " + file);
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

  private static Map<String, String> roles(OnnxGraph graph) {
    Map<String, String> roles = new LinkedHashMap<>();
    ROLES.stream()
        .filter(role -> graph.output(role).isPresent())
        .forEach(role -> roles.put(role, role));
    if (!roles.containsKey("logits") || !roles.containsKey("evidence")) {
      throw new ModelRefusedException(
          "the graph must have outputs logits and evidence, it has " + graph.outputs());
    }
    return roles;
  }

  private Link link() {
    int labels = request.labels().size();
    Link link = request.link().orElse(labels > 1 ? Link.SOFTMAX : Link.SIGMOID);
    if (link == Link.SOFTMAX && labels < 2) {
      throw new ModelRefusedException("softmax needs two labels or more: " + request.labels());
    }
    if (request.link().isEmpty() && link == Link.SOFTMAX) {
      notes.add(
          "Nobody said whether the labels exclude each other; they are taken to (link softmax)."
              + " If an image can have several, add the model with --link sigmoid.");
    }
    return link;
  }

  /** The graph as the contract wants it: no bias in the evidence, and for softmax the contrast. */
  private EvidenceRewrite.Result contracted(
      ManifestDraft draft, OnnxGraph source, Map<String, String> roles) {
    Manifest manifest = draft.unproven(roles);
    Evidence seen;
    try (Trial trial = new Trial(engine, manifest, source.bytes())) {
      seen = Evidence.seen(manifest, trial, seeded(draft));
    }
    List<Float> bias = bias(source, roles);
    boolean centre = manifest.link() == Link.SOFTMAX && !seen.balanced();
    if (!bias.isEmpty()) {
      notes.add("The evidence held a bias per label; it was moved into the offset: " + bias + ".");
    }
    if (centre) {
      notes.add(
          "The evidence did not sum to 0 over labels; nodes at the graph's end subtract the mean"
              + " over labels from evidence and logits, which leaves the softmax as it was.");
    }
    return bias.isEmpty() && !centre
        ? new EvidenceRewrite.Result(source, roles)
        : EvidenceRewrite.of(source, roles, bias, centre);
  }

  /** A bias that can be moved: one per label, and no offset output that would have to know it. */
  private List<Float> bias(OnnxGraph source, Map<String, String> roles) {
    List<Float> bias = EvidenceRewrite.bias(source, "evidence");
    boolean movable =
        !roles.containsKey("offset")
            && bias.size() == request.labels().size()
            && bias.stream().anyMatch(b -> b != 0);
    return movable ? bias : List.of();
  }

  private Findings tryOut(
      ManifestDraft draft, EvidenceRewrite.Result graph, Map<String, byte[]> files) {
    Manifest manifest = draft.unproven(graph.outputs());
    try (Trial trial = new Trial(engine, manifest, graph.graph().bytes())) {
      Evidence seen = Evidence.seen(manifest, trial, seeded(draft));
      Optional<Template> template = request.images().map(folder -> sample(folder, trial, seen));
      template.ifPresent(t -> files.put(ManifestDraft.TEMPLATE, t.bytes()));
      files.putAll(parity(draft, trial).files());
      notes.add(
          "The scale holds four times the greatest evidence seen, %s, on %d images."
              .formatted(seen.greatest(), seen.images()));
      return new Findings(
          graph.outputs(),
          graph.outputs().containsKey("offset") ? List.of() : seen.offset(),
          ManifestDraft.quantisation(seen.greatest()),
          ManifestDraft.frame(template),
          trial.batchInvariant(manifest));
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
    List<Outputs> outputs = trial.runOneByOne(batch);
    long images = PARITY_IMAGES;
    long labels = outputs.getFirst().labels();
    long height = outputs.getFirst().gridHeight();
    long width = outputs.getFirst().gridWidth();
    float[] input = new float[batch.bytes().capacity() / Float.BYTES];
    batch.bytes().asFloatBuffer().get(input);
    List<Long> shape =
        List.of(images, (long) batch.channels(), (long) batch.height(), (long) batch.width());
    return new ParityVectors(
        new Tensor(shape, input),
        new Tensor(List.of(images, labels), Acceptance.logits(outputs)),
        new Tensor(List.of(images, labels, height, width), Acceptance.evidence(outputs)));
  }

  private Adding store(ManifestDraft draft, Findings findings, Map<String, byte[]> files) {
    Versions versions = new Versions(ModelStore.at(request.store()), request.id());
    Optional<StoredModel> same = versions.same(version -> draft.manifest(version, findings), files);
    if (same.isPresent()) {
      return new Adding.Unchanged(same.get());
    }
    Manifest manifest = draft.manifest(versions.next(), findings);
    prove(manifest, files);
    StoredModel model = new ModelWriter(ModelStore.at(request.store())).write(manifest, files);
    return new Adding.Added(model, notes);
  }

  /** Loads the model from a store that is thrown away: the user's gets none that would not load. */
  private void prove(Manifest manifest, Map<String, byte[]> files) {
    try (Scratch scratch = new Scratch()) {
      StoredModel draft = new ModelWriter(ModelStore.at(scratch.folder())).write(manifest, files);
      switch (new ModelLoader(config).load(draft)) {
        case Loading.Ready ready -> ready.classifier().close();
        case Loading.Refused refused -> throw new ModelRefusedException(refused.reason());
      }
    }
  }

  private void noteChoices(Manifest manifest) {
    if (request.positive().isEmpty()) {
      notes.add("Validated are %s, because nobody said --positive.".formatted(manifest.positive()));
    }
    if (manifest.frame().template().isEmpty()) {
      notes.add("The frame accepts every image, because no sample of images was given.");
    }
  }

  private static Iterable<ImageBatch> seeded(ManifestDraft draft) {
    return new SeededImages(draft.input()).singles(SEEDED_IMAGES);
  }
}
