package fovea.streams;

/**
 * What one task keeps of one served model. Thread-confined.
 *
 * @param scorer runs it
 * @param writer writes what it answers
 * @param meters counts what it scores
 */
record ScoreLane(Scorer scorer, ExplanationWriter writer, ScoreMeters meters) {

  static ScoreLane of(ServedModel model, ScorePolicy policy, ScorePorts ports) {
    return new ScoreLane(
        new Scorer(model),
        new ExplanationWriter(model, policy),
        new ScoreMeters(ports.meters(), model.version()));
  }
}
