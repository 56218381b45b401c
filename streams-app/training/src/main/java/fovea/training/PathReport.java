package fovea.training;

import fovea.core.evaluation.Interval;
import fovea.core.evaluation.RocArea;
import fovea.core.evaluation.ScoreInterval;
import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.inference.Outputs;
import fovea.core.phantom.Lesion;
import fovea.modelstore.Manifest.Quantisation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How well lesions are found, and the diagnosis that is made of them.
 *
 * @param lesions each by itself
 * @param diagnosis area under the ROC curve of the diagnosis
 * @param positives images whose diagnosis has a probability of at least one half
 * @param unexplained of these, images none of whose lesions has
 * @param share unexplained ÷ positives
 */
record PathReport(
    List<LesionReport> lesions,
    Interval diagnosis,
    int positives,
    int unexplained,
    Interval share) {
  private static final double THRESHOLD = 0.5;

  PathReport {
    lesions = List.copyOf(lesions);
  }

  /**
   * What a net says of examples.
   *
   * @param maps activation maps of the lesions
   */
  record Said(List<Outputs> outputs, List<LabelGrids> maps) {}

  static PathReport of(
      List<Example> examples, Said said, LesionModel model, Quantisation quantisation) {
    List<LesionReport> lesions =
        LabelReport.of(examples, said.outputs(), quantisation).stream()
            .map(found -> LesionReport.of(found, examples, said.maps(), model))
            .toList();
    Set<String> subjects = new HashSet<>();
    int positives = 0;
    int unexplained = 0;
    for (int i = 0; i < examples.size(); i++) {
      if (said.outputs().get(i).logit(diagnosisLabel()) >= 0) {
        positives++;
        subjects.add(examples.get(i).subject());
        unexplained += model.path(said.maps().get(i)).unexplained(THRESHOLD, THRESHOLD) ? 1 : 0;
      }
    }
    return new PathReport(
        lesions,
        area(examples, said.outputs()),
        positives,
        unexplained,
        ScoreInterval.share((double) unexplained / positives, subjects.size()));
  }

  /** The label that follows the lesions'. */
  static int diagnosisLabel() {
    return Lesion.values().length;
  }

  private static Interval area(List<Example> examples, List<Outputs> outputs) {
    double[] scores = new double[examples.size()];
    boolean[] present = new boolean[scores.length];
    Set<String> with = new HashSet<>();
    Set<String> without = new HashSet<>();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = outputs.get(i).logit(diagnosisLabel());
      present[i] = examples.get(i).shows(diagnosisLabel());
      (present[i] ? with : without).add(examples.get(i).subject());
    }
    return ScoreInterval.area(RocArea.of(scores, present), with.size(), without.size());
  }
}
