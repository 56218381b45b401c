package fovea.core.phantom;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What an eye has, from which exam on, and how it looks.
 *
 * @param onset first exam that shows the lesion; a lesion without one never comes
 * @param drusen pale spots of a macular lesion
 * @param folds grey patches of a peripheral lesion
 * @param cup radius of a glaucomatous cup ÷ radius of the disc
 */
record Disease(Map<Lesion, Integer> onset, List<Spot> drusen, List<Spot> folds, double cup) {
  private static final double PREVALENCE = 0.25;
  private static final double INCIDENCE = 0.05;
  private static final int EXAMS_AT_RISK = 3;

  static Disease draw(RandomGenerator random) {
    return new Disease(
        onsets(random),
        spots(Lesion.MACULAR_LESION, random),
        spots(Lesion.PERIPHERAL_LESION, random),
        random.nextDouble(0.74, 0.86));
  }

  Set<Lesion> at(int exam) {
    Set<Lesion> out = EnumSet.noneOf(Lesion.class);
    onset.forEach(
        (lesion, first) -> {
          if (exam >= first) {
            out.add(lesion);
          }
        });
    return out;
  }

  private static Map<Lesion, Integer> onsets(RandomGenerator random) {
    Map<Lesion, Integer> out = new EnumMap<>(Lesion.class);
    for (Lesion lesion : Lesion.values()) {
      double u = random.nextDouble();
      for (int exam = 0; exam < EXAMS_AT_RISK && !out.containsKey(lesion); exam++) {
        if (u < PREVALENCE + exam * INCIDENCE) {
          out.put(lesion, exam);
        }
      }
    }
    return out;
  }

  private static List<Spot> spots(Lesion lesion, RandomGenerator random) {
    boolean pale = lesion == Lesion.MACULAR_LESION;
    Zone zone = lesion.zone();
    double spread = pale ? 0.034 : 0.026;
    int count = random.nextInt(pale ? 7 : 4, pale ? 12 : 7);
    List<Spot> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(
          new Spot(
              zone.x() + random.nextDouble(-spread, spread),
              zone.y() + random.nextDouble(-spread, spread),
              pale ? random.nextDouble(0.014, 0.026) : random.nextDouble(0.025, 0.036),
              pale ? 0.8 : 0.5,
              pale ? Colour.DRUSEN : Colour.DETACHED,
              random.nextDouble(0.7, 0.95)));
    }
    return out;
  }
}
