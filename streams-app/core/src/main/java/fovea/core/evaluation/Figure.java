package fovea.core.evaluation;

/**
 * One number that a model's card states.
 *
 * @param name dotted, lower camel case, e.g. {@code auc.ringErased}
 * @param label the label it is of; empty where it is of none
 * @param estimate the number, with its interval over subjects where it has one
 * @param images it was taken over
 * @param subjects among whom these images were taken
 */
public record Figure(String name, String label, Interval estimate, int images, int subjects) {
  public Figure {
    if (name.isBlank() || images < 0 || subjects < 0) {
      throw new IllegalArgumentException(
          "no figure: '%s' of %d images, %d subjects".formatted(name, images, subjects));
    }
  }
}
