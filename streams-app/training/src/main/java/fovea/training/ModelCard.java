package fovea.training;

import fovea.modelstore.ModelRef;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The text beside the model: what it is, what it is not, and how well it does. Markdown. */
record ModelCard(ModelRef model, Trained trained) {

  static final String USE =
      """
      ## Intended use

      Tests, demonstrations and teaching: a stream whose truth is known, so that a map can be compared
      with the place where the lesion is.

      ## Out of scope

      Any image that the phantom did not make; any decision about a person. The net knows lesions by
      their look, not by their place: whatever looks like one elsewhere is evidence to it. The
      phantom's camera artefact makes use of that.

      """;

  String text() {
    return what() + USE + training() + results();
  }

  private String what() {
    NetSpec spec = trained.weights().spec();
    return """
    # %s, version %s

    A demonstration. It was trained on synthetic images of a phantom and has never seen a patient:
    it must not be used on images of patients, and its figures say nothing of clinical performance.

    ## What it is

    A fully convolutional net of class evidence (contract `evidence/1`) for fundus-like images of
    %d x %d pixels. Every cell of its %d x %d maps sees a patch of %d x %d pixels and nothing else;
    `logits = mean(evidence) + offset`. Labels, each by itself (sigmoid, threshold 0.5):

    * `macular_lesion`: pale spots at the macula
    * `glaucomatous_disc`: an enlarged, pale cup in the optic disc
    * `peripheral_lesion`: a grey-blue patch in the superior temporal periphery

    Right eyes are mirrored before the net sees them (`canonicalInput`).

    """
        .formatted(
            model.id(),
            model.version(),
            spec.side(),
            spec.side(),
            spec.grid(),
            spec.grid(),
            spec.receptiveField(),
            spec.receptiveField());
  }

  private String training() {
    Plan plan = trained.plan();
    return """
    ## Training

    `./fovea train --phantom --out DIR/%s/%s --seed %d --images %d --epochs %d`

    %d synthetic images of five sites, four sizes, half as JPEG; subjects divided 7 : 1 : 2 into
    training, validation (early stopping) and test. Adam, binary cross-entropy, guided by the
    strongest cell (weight %s), with penalties on the maps' mean absolute value (%s) and on evidence
    for labels that are absent (%s); shifts and changes of brightness and colour. It was told which
    labels an image has, never where.

    """
        .formatted(
            model.id(),
            model.version(),
            plan.seed(),
            trained.images(),
            plan.epochs(),
            trained.images(),
            plan.weights().guidance(),
            plan.weights().sparsity(),
            plan.weights().restraint());
  }

  private String results() {
    Plan plan = trained.plan();
    return """
    ## On held-out subjects, the training's five sites

    %s
    ## On another phantom (seed %d), its two own sites

    %s
    *In zone* is the share of the mean attention (ATTENTION_MAX1 over images predicted positive) inside
    the dilated truth zone; *area* is the share of the field of view that this zone covers; *gain* is
    their ratio. These figures come from the engine that trained the net.
    """
        .formatted(table(trained.heldOut()), plan.seed() + 1, table(trained.fresh()));
  }

  static String table(List<LabelReport> reports) {
    StringBuilder out =
        new StringBuilder(
            """
            | label | images | present | AUC | predicted | in zone | area | gain |
            |---|---|---|---|---|---|---|---|
            """);
    for (LabelReport r : reports) {
      out.append("| `%s` | %d | %d ".formatted(r.lesion().label(), r.images(), r.present()))
          .append("| %s | %d ".formatted(known(r.auc(), 4), r.predicted()))
          .append("| %s %% ".formatted(known(100 * r.mass(), 1)))
          .append("| %s %% ".formatted(known(100 * r.area(), 1)))
          .append("| %s |\n".formatted(known(r.mass() / r.area(), 1)));
    }
    return out.toString();
  }

  /** A dash where nothing was there to measure. */
  static String known(double value, int digits) {
    return Double.isNaN(value)
        ? "-"
        : BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }
}
