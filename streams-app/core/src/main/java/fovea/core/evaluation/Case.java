package fovea.core.evaluation;

/**
 * What is known of a labelled image.
 *
 * @param id of the image, unique within a study
 * @param label the one that is present
 * @param subject pseudonym
 */
public record Case(String id, String label, String subject) {
  public Case {
    if (id.isBlank() || label.isBlank() || subject.isBlank()) {
      throw new IllegalArgumentException(
          "a case needs an id, a label and a subject: '%s', '%s', '%s'"
              .formatted(id, label, subject));
    }
  }
}
