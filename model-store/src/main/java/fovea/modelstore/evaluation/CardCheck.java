package fovea.modelstore.evaluation;

import fovea.core.evaluation.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds a card against figures that were taken again. */
public final class CardCheck {
  private final Evaluation stated;
  private final double tolerance;

  /**
   * @param stated in the model's folder
   * @param tolerance greatest absolute difference: engines round differently, and a score that
   *     moves by one rank moves an area a little
   */
  public CardCheck(Evaluation stated, double tolerance) {
    this.stated = stated;
    this.tolerance = tolerance;
  }

  /**
   * What does not agree, a sentence each; empty where everything does.
   *
   * @param again figures of the same protocol
   * @param text the card as it lies in the model's folder
   * @param figures the part of it that {@link CardText#figures} makes of what is stated
   */
  public List<String> differences(Evaluation again, String text, String figures) {
    List<String> out = new ArrayList<>();
    if (!text.contains(figures.strip())) {
      out.add("the card does not say what " + Evaluation.FILE + " says");
    }
    if (again.figures().size() != stated.figures().size()) {
      out.add(
          "the card states %d figures, %d were taken"
              .formatted(stated.figures().size(), again.figures().size()));
      return out;
    }
    for (int i = 0; i < again.figures().size(); i++) {
      Figure one = stated.figures().get(i);
      Figure two = again.figures().get(i);
      if (!one.name().equals(two.name()) || !agree(one, two)) {
        out.add(
            String.format(
                Locale.ROOT,
                "%s: the card says %s, found %s",
                one.name() + (one.label().isEmpty() ? "" : " " + one.label()),
                one.estimate(),
                two.estimate()));
      }
    }
    return out;
  }

  private boolean agree(Figure one, Figure two) {
    return one.label().equals(two.label())
        && one.images() == two.images()
        && one.subjects() == two.subjects()
        && near(one.estimate().value(), two.estimate().value())
        && near(one.estimate().low(), two.estimate().low())
        && near(one.estimate().high(), two.estimate().high());
  }

  private boolean near(double a, double b) {
    return Double.isNaN(a) ? Double.isNaN(b) : Math.abs(a - b) <= tolerance;
  }
}
