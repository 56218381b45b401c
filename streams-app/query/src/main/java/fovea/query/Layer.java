package fovea.query;

import fovea.core.moments.Folds;
import fovea.core.moments.FoldsSnapshot;

/** Which numbers of a map are shown. */
enum Layer {
  /** The map itself. */
  MEAN,
  /** Its standard error, between subjects. */
  STDERR;

  static final String PARAMETER = "layer";

  static Layer of(Ask ask) {
    return ask.word(PARAMETER, "mean", "stderr").equals("mean") ? MEAN : STDERR;
  }

  /** Why a map has no standard error. */
  static Problem none() {
    return Problem.notFound(
        "not available: a standard error needs the folds of all its images by subject; they are"
            + " kept of ATTENTION_MAX1 over predicted and confirmed images, and not for a mean of"
            + " means");
  }

  /** How many folds hold an image. */
  static int held(FoldsSnapshot folds) {
    int held = 0;
    for (int fold = 0; fold < Folds.FOLDS; fold++) {
      held += folds.n(fold) > 0 ? 1 : 0;
    }
    return held;
  }
}
