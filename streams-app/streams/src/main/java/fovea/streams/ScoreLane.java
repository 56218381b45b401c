package fovea.streams;

/**
 * What one task keeps of one served model. Thread-confined.
 *
 * @param writer writes what it answers
 * @param meters counts what it scores
 */
record ScoreLane(ExplanationWriter writer, ScoreMeters meters) {

  static ScoreLane of(ServedModel model, ScorePolicy policy, ScorePorts ports) {
    return new ScoreLane(
        new ExplanationWriter(model, policy), new ScoreMeters(ports.meters(), model.version()));
  }
}
