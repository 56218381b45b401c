package fovea.modelstore.evaluation;

import fovea.core.evaluation.Figure;
import fovea.modelstore.Manifest;
import fovea.modelstore.evaluation.Protocol.DataSet;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Predicate;

/**
 * A model's card as Markdown: what its author says, and the figures as they were taken.
 *
 * @param manifest of the model
 * @param evaluation its figures
 */
public record CardText(Manifest manifest, Evaluation evaluation) {
  /** The file's name in the model's folder. */
  public static final String FILE = "model-card.md";

  private static final int DIGITS = 3;

  /**
   * The whole card.
   *
   * @param about Markdown: what it is, what it is for, and what not
   * @param training Markdown: the net, and how it was trained
   */
  public String text(String about, String training) {
    return "# %s, version %s\n\n%s\n\n## Training\n\n%s\n\n%s"
        .formatted(manifest.id(), manifest.version(), about.strip(), training.strip(), figures());
  }

  /** The part that {@code validate-card} holds against the figures. */
  public String figures() {
    StringBuilder out = new StringBuilder();
    Protocol p = evaluation.protocol();
    out.append(
        """
        ## Figures

        Taken from the frozen model. Intervals are 95 %%, by bootstrap over subjects (%d samples).
        `./fovea validate-card %s/%s` takes every one of them again.

        """
            .formatted(p.samples(), manifest.id(), manifest.version()));
    reach(out);
    heldOut(out, p);
    attention(out, p);
    p.external().ifPresent(e -> external(out, e));
    baselines(out);
    return out.toString().stripTrailing() + "\n";
  }

  private void reach(StringBuilder out) {
    section(
        out,
        "How far a cell sees",
        "Measured: pixels from the first row or column that changes the middle cell to the last.\n\n",
        f -> f.name().equals("receptiveField"));
  }

  private void heldOut(StringBuilder out, Protocol p) {
    section(
        out,
        "Held-out subjects of `%s`".formatted(p.data().folder()),
        """
        A fifth of the subjects, by the digest of their pseudonym; no step of the training saw them.
        *Hidden* is one grey, the training images' mean (%s of 255). The ring is the outer two rows \
        and columns of the map's cells, the centre its middle 8 rows and 10 columns.

        """
            .formatted(number(p.fill())),
        f -> f.name().startsWith("auc") || f.name().endsWith("ity"));
  }

  private void attention(StringBuilder out, Protocol p) {
    section(
        out,
        "Where its attention lies",
        """
        Share of the attention inside a region divided by the region's share of the area, over images \
        predicted positive: 1 is what a map would have that is the same everywhere. Corners are the \
        3 x 3 cells in each.%s

        """
            .formatted(atlas(p)),
        f -> f.name().startsWith("attention."));
  }

  private void baselines(StringBuilder out) {
    section(
        out,
        "Rules that know no anatomy",
        """
        Logistic regression on mean and standard deviation of cells (the outer ring of one cell, the \
        corners, all of them) or on six numbers of the whole image (mean, standard deviation, skewness, \
        sharpness, shares of black and white), learnt on the training subjects, on the same held-out \
        images: what these reach, a model has not yet shown to need a lung for.

        """,
        f -> f.name().startsWith("baseline."));
  }

  private static String atlas(Protocol p) {
    return p.atlas()
        .map(
            a ->
                " The atlas of the %s is the mean of the masks of `%s`."
                    .formatted(a.region(), a.folder()))
        .orElse("");
  }

  private void external(StringBuilder out, DataSet set) {
    section(
        out,
        "Another site: `%s`".formatted(set.folder()),
        "All images; nothing was trained or chosen on them.\n\n",
        f -> f.name().startsWith("external."));
  }

  private void section(StringBuilder out, String title, String text, Predicate<Figure> which) {
    List<Figure> figures = evaluation.figures().stream().filter(which).toList();
    if (figures.isEmpty()) {
      return;
    }
    out.append("### ").append(title).append("\n\n").append(text);
    out.append("| figure | label | value | 95 % interval | images | subjects |\n");
    out.append("|---|---|---|---|---|---|\n");
    for (Figure f : figures) {
      out.append(
          "| %s | %s | %s | %s | %d | %d |\n"
              .formatted(
                  f.name(),
                  f.label(),
                  number(f.estimate().value()),
                  interval(f),
                  f.images(),
                  f.subjects()));
    }
    out.append('\n');
  }

  private static String interval(Figure f) {
    return Double.isNaN(f.estimate().low())
        ? "-"
        : number(f.estimate().low()) + " to " + number(f.estimate().high());
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "-"
        : BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP).toPlainString();
  }
}
