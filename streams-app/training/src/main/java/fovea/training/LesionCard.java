package fovea.training;

import fovea.core.evaluation.Interval;
import fovea.core.explainer.lesion.Diagnosis;
import fovea.modelstore.ModelRef;
import java.util.List;
import java.util.Locale;

/** The text beside a model of lesions: what it is, what it is not, and how well it does. */
record LesionCard(ModelRef model, LesionTrained trained) {

  String text() {
    return what() + path() + ModelCard.USE + training() + results();
  }

  private String what() {
    NetSpec spec = trained.net().spec();
    return """
    # %s, version %s

    A demonstration. It was trained on synthetic images of a phantom and has never seen a patient:
    it must not be used on images of patients, and its figures say nothing of clinical performance.

    ## What it is

    Joint lesion identification and diagnosis after Morano et al. (Computer Methods and Programs in
    Biomedicine 2023), contract `evidence/1`, for fundus-like images of %d x %d pixels: one activation
    map per lesion, %d x %d cells, every cell of a patch of %d x %d pixels and nothing else; from each
    map the lesion's probability; **from these probabilities alone the diagnosis**. Labels (sigmoid,
    threshold 0.5):

    * `macular_lesion`: pale spots at the macula
    * `glaucomatous_disc`: an enlarged, pale cup in the optic disc
    * `peripheral_lesion`: a grey-blue patch in the superior temporal periphery
    * `%s`, the diagnosis: any of the three

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
            spec.receptiveField(),
            LesionShipping.DIAGNOSIS);
  }

  private String path() {
    return """
    ## The path

    With A the activation map of a lesion (output `lesions`, its offset in each cell) and r = %s:

    * pooled: `(logsumexp(r A) - ln cells) / r`, between the mean and the greatest cell; the paper's
      abstract does not say how it pools. `p = sigmoid(pooled)`.
    * diagnosis: `logit = %s` (weights learnt, kept above 0).

    The decomposition is exact. A cell's share in a pooled value is `softmax(r A)`, which is how much
    the value moves with the cell. `evidence` of the diagnosis is, in each cell, cells x the sum over
    lesions of w p x share: its mean is the sum of w p, so `logits = mean(evidence) + offset` holds.
    `evidence` of a lesion is cells x (pooled value without its offset) x share. The shares follow the
    maps smoothly; the cell of a maximum would jump when two cells are nearly equal. A cell's share
    depends on the other cells: erase one, and the others' shares grow.

    """
        .formatted(sharpness(), formula());
  }

  private String sharpness() {
    return trained.net().spec().head() instanceof NetSpec.Head.Lesions lesions
        ? Double.toString(lesions.sharpness())
        : "-";
  }

  private String formula() {
    StringBuilder out = new StringBuilder();
    List<String> labels = LesionShipping.labels();
    if (trained.net().model().diagnosis() instanceof Diagnosis.Weighted weighted) {
      out.append(String.format(Locale.ROOT, "%.3f", weighted.bias()));
      for (int l = 0; l < weighted.weights().size(); l++) {
        out.append(
            String.format(Locale.ROOT, " + %.3f p(%s)", weighted.weights().get(l), labels.get(l)));
      }
    }
    return out.toString();
  }

  private String training() {
    Plan plan = trained.plan();
    return """
    ## Training

    `./fovea train --phantom --lesions --out DIR/%s/%s --seed %d --images %d --epochs %d`

    %d synthetic images of five sites, four sizes, half as JPEG; subjects divided 7 : 1 : 2 into
    training, validation (early stopping) and test. Adam on the sum of four cross-entropies, one a
    label, guided by what the sum of a map's cells would say of its lesion (weight %s), with penalties
    on the maps' mean square (%s) and on positive cells of lesions that are absent (%s); shifts and
    changes of brightness and colour. It was told which lesions an image has, never where: the phantom's
    places are used below, and nowhere else.

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
    return """
    ## On held-out subjects, the training's five sites

    %s
    ## On another phantom (seed %d), its two own sites

    %s
    Brackets are 95 %% intervals with the subject as unit: of the area by Newcombe's method 5 (2006), of
    shares by Wilson's score. *Points* is the share of images with the lesion in which the greatest cell
    of its activation map lies in the zone that holds the lesion; *chance* is the share of the field of
    view which that zone covers. *In zone* is the share of the mean attention (ATTENTION_MAX1 of
    `evidence` over images predicted positive) inside the dilated zone. *Adds* is the mean of w p in
    images with and without the lesion. *Unexplained* are positive diagnoses none of whose lesions
    reaches its threshold. These figures come from the engine that trained the net.

    ![Held-out images, the maps of the three lesions, and what adds to the diagnosis](%s)

    *Held-out images with each lesion alone, with all, with none; below, for each lesion in the order
    above, each cell's own probability `sigmoid(A)`; last, the evidence of the diagnosis.*
    """
        .formatted(
            table(trained.heldOut()),
            trained.plan().seed() + 1,
            table(trained.fresh()),
            LesionPicture.FILE);
  }

  static String table(PathReport report) {
    StringBuilder out =
        new StringBuilder(
            """
            | lesion | images | present | AUC | points | chance | in zone | adds, with | without |
            |---|---|---|---|---|---|---|---|---|
            """);
    for (LesionReport r : report.lesions()) {
      LabelReport found = r.found();
      out.append("| `%s` | %d ".formatted(found.lesion().label(), found.images()))
          .append("| %d | %s ".formatted(found.present(), area(r.auc())))
          .append("| %s ".formatted(percent(r.pointing())))
          .append("| %s %% ".formatted(ModelCard.known(100 * r.chance(), 1)))
          .append("| %s %% ".formatted(ModelCard.known(100 * found.mass(), 1)))
          .append("| %s ".formatted(ModelCard.known(r.whenPresent(), 3)))
          .append("| %s |\n".formatted(ModelCard.known(r.whenAbsent(), 3)));
    }
    return out.append(
            "\nDiagnosis: AUC %s; %d positive, of these unexplained %d: %s.\n"
                .formatted(
                    area(report.diagnosis()),
                    report.positives(),
                    report.unexplained(),
                    percent(report.share())))
        .toString();
  }

  private static String area(Interval i) {
    return "%s (%s to %s)"
        .formatted(
            ModelCard.known(i.value(), 4),
            ModelCard.known(i.low(), 4),
            ModelCard.known(i.high(), 4));
  }

  private static String percent(Interval i) {
    return "%s %% (%s to %s)"
        .formatted(
            ModelCard.known(100 * i.value(), 1),
            ModelCard.known(100 * i.low(), 1),
            ModelCard.known(100 * i.high(), 1));
  }
}
