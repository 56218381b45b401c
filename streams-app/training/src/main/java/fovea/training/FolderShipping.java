package fovea.training;

import fovea.core.frame.FrameSpec;
import fovea.core.frame.Template;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ModelWriter;
import fovea.modelstore.StoredModel;
import fovea.modelstore.evaluation.CardText;
import fovea.modelstore.evaluation.Evaluation;
import fovea.modelstore.evaluation.EvaluationJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a net that was trained on a folder as a version in a model store.
 *
 * @param statement what its author says of it
 */
record FolderShipping(ModelStore store, ModelRef ref, Statement statement) {
  private static final String TEMPLATE = "template.f32";

  /**
   * What no figure says.
   *
   * @param positive labels that are validated and alarmed on
   * @param modalities accepted; empty accepts every known one
   * @param licence of the model
   * @param about Markdown that opens the card: what it is, what it is for, and what not
   * @param files further files of the version, by name
   */
  record Statement(
      List<String> positive,
      Set<String> modalities,
      String licence,
      String about,
      Map<String, byte[]> files) {
    Statement {
      positive = List.copyOf(positive);
      modalities = Set.copyOf(modalities);
      files = Map.copyOf(files);
    }
  }

  StoredModel write(FolderModel model, Evaluation evaluation, String trained, byte[] picture) {
    Manifest manifest = manifest(model, evaluation.protocol().data().folder());
    NetSpec spec = model.weights().spec();
    Map<String, byte[]> files = new LinkedHashMap<>(statement.files());
    files.put(StoredModel.ONNX, model.weights().onnx(ref.id()));
    files.put(TEMPLATE, model.template().bytes());
    files.putAll(model.parity().files());
    files.put(Evaluation.FILE, EvaluationJson.write(evaluation));
    files.put(MapPicture.FILE, picture);
    String net =
        "A fully convolutional net of class evidence (contract `evidence/1`) on grey images of "
            + "%d x %d pixels. Each cell of its %d x %d maps sees a patch of %d x %d pixels and "
                .formatted(
                    spec.side(),
                    spec.side(),
                    spec.grid(),
                    spec.grid(),
                    spec.receptiveField(),
                    spec.receptiveField())
            + "nothing else; `logits = mean(evidence) + offset`.";
    String card =
        new CardText(manifest, evaluation).text(statement.about(), net + "\n\n" + trained);
    files.put(CardText.FILE, card.getBytes(StandardCharsets.UTF_8));
    return new ModelWriter(store).write(manifest, files);
  }

  /** Without the digests, which whoever writes it puts in. */
  Manifest manifest(FolderModel model, String data) {
    NetSpec spec = model.weights().spec();
    return new Manifest(
        Manifest.CONTRACT,
        ref.id(),
        ref.version(),
        Map.of(),
        Shipping.input(spec),
        Link.SOFTMAX,
        model.labels(),
        statement.positive(),
        model.labels().stream().collect(Collectors.toMap(l -> l, l -> 0.5)),
        Map.of("logits", "logits", "evidence", "evidence"),
        Shipping.offset(model.weights()),
        new Manifest.Explainer("class-evidence", Map.of()),
        frame(model.template()),
        model.quantisation(),
        new Manifest.Tolerances(1e-5, 1e-5),
        // The engine that serves measures this at every load, and runs images one by one if not.
        true,
        statement.licence(),
        data);
  }

  private FrameSpec frame(Template template) {
    return new FrameSpec(
        statement.modalities(),
        Set.of(),
        false,
        "L",
        false,
        TEMPLATE,
        template.minCorrelation(),
        template.aspect(),
        template.fieldOfView().orElse(null));
  }
}
