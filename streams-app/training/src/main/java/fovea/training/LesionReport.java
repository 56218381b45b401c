package fovea.training;

import fovea.core.evaluation.Interval;
import fovea.core.evaluation.ScoreInterval;
import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.phantom.Lesion;
import fovea.core.phantom.Phantom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How well a lesion is found, whether its activation map points at it, and what it adds to the
 * diagnosis.
 *
 * @param found by its label, with the share of its evidence in place
 * @param auc with an interval over subjects
 * @param pointing share of images with the lesion where the greatest cell of its activation map
 *     lies in the zone that holds the lesion
 * @param chance share of the field of view that this zone covers: a map that knows nothing
 * @param whenPresent what it adds to the diagnosis' logit, mean over images that show it
 * @param whenAbsent the same over those that do not
 */
record LesionReport(
    LabelReport found,
    Interval auc,
    Interval pointing,
    double chance,
    double whenPresent,
    double whenAbsent) {
  /** Of ten images a map points at nine: fewer, and it is no map of the lesion. */
  private static final double POINTS = 0.9;

  /**
   * @param maps the activation maps of each example
   * @param model how they are pooled
   */
  static LesionReport of(
      LabelReport found, List<Example> examples, List<LabelGrids> maps, LesionModel model) {
    Lesion lesion = found.lesion();
    int label = List.of(Lesion.values()).indexOf(lesion);
    LabelGrids first = maps.getFirst();
    boolean[] zone = lesion.zone().mask(first.height(), first.width());
    Counted with = new Counted();
    Counted without = new Counted();
    for (int i = 0; i < examples.size(); i++) {
      Counted side = examples.get(i).shows(label) ? with : without;
      side.images++;
      side.subjects.add(examples.get(i).subject());
      side.hits += zone[maps.get(i).peak(label)] ? 1 : 0;
      side.added += model.path(maps.get(i)).steps().get(label).contribution();
    }
    return new LesionReport(
        found,
        ScoreInterval.area(found.auc(), with.subjects.size(), without.subjects.size()),
        ScoreInterval.share((double) with.hits / with.images, with.subjects.size()),
        lesion.zone().shareOf(Phantom.FIELD_OF_VIEW, first.height(), first.width()),
        with.added / with.images,
        without.added / without.images);
  }

  /** Whether the map points at the lesion, and its evidence lies there. */
  boolean finds() {
    return pointing.value() >= POINTS && found.finds();
  }

  private static final class Counted {
    private final Set<String> subjects = new HashSet<>();
    private int images;
    private int hits;
    private double added;
  }
}
