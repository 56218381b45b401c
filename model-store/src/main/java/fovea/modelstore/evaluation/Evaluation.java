package fovea.modelstore.evaluation;

import fovea.core.evaluation.Figure;
import java.util.List;

/**
 * Every number of a model's card, with how it was taken.
 *
 * @param protocol how
 * @param figures in the card's order
 */
public record Evaluation(Protocol protocol, List<Figure> figures) {
  /** The file's name in the model's folder. */
  public static final String FILE = "evaluation.json";

  public Evaluation {
    figures = List.copyOf(figures);
  }
}
