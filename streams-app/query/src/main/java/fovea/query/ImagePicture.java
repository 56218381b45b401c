package fovea.query;

import fovea.core.explainer.LabelGrids;
import fovea.core.explanation.CellGrid;
import fovea.core.map.ImageExplanation;
import fovea.core.map.LabelEvidence;
import fovea.core.parts.LesionShare;
import fovea.query.picture.Caption;
import fovea.query.picture.ScalarField;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One of the maps that a record holds, or that follow from it.
 *
 * @param field its positive part, in logit units
 * @param caption what it is
 */
record ImagePicture(ScalarField field, Caption caption) {

  /**
   * The map that was asked for: of a lesion, of no label, or of a label.
   *
   * @throws Problem if the record has none such
   */
  static ImagePicture of(Ask ask, ImageExplanation one) {
    Optional<String> lesion = ask.text("lesion");
    boolean overall = ask.word("map", "label", "overall").equals("overall");
    if (lesion.isPresent()) {
      return lesion(one, lesion.get());
    }
    return overall ? overall(one) : label(one, label(ask, one));
  }

  private static ImagePicture lesion(ImageExplanation one, String wanted) {
    LesionShare lesion =
        one.parts()
            .lesions()
            .flatMap(sum -> sum.named(wanted))
            .orElseThrow(() -> Problem.notFound("the record holds no lesion " + wanted));
    CellGrid map =
        lesion.map().orElseThrow(() -> Problem.notFound("the record holds no map of " + wanted));
    String title =
        String.format(Locale.ROOT, "%s · p = %.3f", lesion.lesion(), lesion.probability());
    return new ImagePicture(
        positive(map), caption(one, title, "activation of the lesion, in logit units"));
  }

  private static ImagePicture overall(ImageExplanation one) {
    LabelGrids map =
        one.overall()
            .orElseThrow(
                () -> Problem.notFound("the record does not hold the evidence of every label"));
    double[] values = new double[map.cells()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, map.value(0, i));
    }
    return new ImagePicture(
        new ScalarField(map.height(), map.width(), values),
        caption(one, "whole image", "AdaCAM, Fovea's reading, in logit units"));
  }

  private static ImagePicture label(ImageExplanation one, LabelEvidence label) {
    CellGrid grid =
        label
            .evidence()
            .orElseThrow(() -> Problem.notFound("the record holds no map of " + label.label()));
    String title = String.format(Locale.ROOT, "%s · p = %.3f", label.label(), label.probability());
    return new ImagePicture(
        positive(grid), caption(one, title, "evidence for the label, in logit units"));
  }

  private static LabelEvidence label(Ask ask, ImageExplanation one) {
    Optional<String> wanted = ask.text("label");
    if (wanted.isEmpty()) {
      return one.labels().stream()
          .filter(label -> label.evidence().isPresent())
          .max(Comparator.comparingDouble(LabelEvidence::probability))
          .orElseThrow(() -> Problem.notFound("the record holds no map"));
    }
    return one.labels().stream()
        .filter(label -> label.label().equals(wanted.get()))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.notOneOf(
                    "label",
                    wanted.get(),
                    one.labels().stream().map(LabelEvidence::label).toList()));
  }

  private static ScalarField positive(CellGrid grid) {
    double[] values = new double[grid.cells().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, Math.scalb((double) grid.cells()[i], grid.scaleExponent()));
    }
    return new ScalarField(grid.height(), grid.width(), values);
  }

  private static Caption caption(ImageExplanation one, String title, String unit) {
    String below = one.image().imageId() + " · " + one.model().id() + " " + one.model().version();
    return new Caption(List.of(title, below), unit);
  }
}
