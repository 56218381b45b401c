package fovea.core.phantom;

/**
 * Who comes when: cohorts of subjects, each seen in several rounds, both eyes at every exam.
 *
 * @param subject counted from 0
 * @param exam of this subject, counted from 0
 * @param right whether this image is of the right eye
 */
record Visit(long subject, int exam, boolean right) {
  private static final int COHORT = 200;
  private static final int EXAMS = 3;

  static Visit of(long index) {
    if (index < 0) {
      throw new IllegalArgumentException("index must not be negative: " + index);
    }
    long visit = index / 2;
    long cohort = visit / (COHORT * EXAMS);
    int within = (int) (visit % (COHORT * EXAMS));
    return new Visit(cohort * COHORT + within % COHORT, within / COHORT, index % 2 == 1);
  }

  /** A number of its own for each eye. */
  long eye() {
    return 2 * subject + (right ? 1 : 0);
  }

  String subjectId() {
    return "phantom-%06d".formatted(subject);
  }

  String examId() {
    return "%s-e%d".formatted(subjectId(), exam + 1);
  }

  String imageId() {
    return examId() + (right ? "-R" : "-L");
  }
}
