package fovea.core.evaluation;

import fovea.core.evaluation.Study.Seen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** The figures of a study. Immutable. */
public final class Summary {
  private static final double TAIL = 0.025;

  private final Sight sight;
  private final List<Hiding> hidings;
  private final List<Region> regions;
  private final List<Seen> seen;
  private final int samples;
  private final long seed;

  Summary(
      Sight sight,
      List<Hiding> hidings,
      List<Region> regions,
      List<Seen> seen,
      int samples,
      long seed) {
    this.sight = sight;
    this.hidings = hidings;
    this.regions = regions;
    this.seen = seen;
    this.samples = samples;
    this.seed = seed;
  }

  /** Of each hiding: the area under the ROC curve for {@code label} against all others. */
  public List<Figure> areas(String label) {
    List<Figure> out = new ArrayList<>();
    for (int h = 0; h < hidings.size(); h++) {
      out.add(area(hidings.get(h).name(), label, h, c -> true));
    }
    return out;
  }

  /** The area with nothing hidden, over the cases that {@code among} takes. */
  public Figure area(String name, String label, Predicate<Case> among) {
    return area(name, label, 0, among);
  }

  private Figure area(String name, String label, int hiding, Predicate<Case> among) {
    int l = sight.labels().indexOf(label);
    List<Seen> cases = seen.stream().filter(s -> among.test(s.of())).toList();
    double[] scores = cases.stream().mapToDouble(s -> s.scores()[hiding][l]).toArray();
    boolean[] present = new boolean[scores.length];
    for (int i = 0; i < present.length; i++) {
      present[i] = cases.get(i).of().label().equals(label);
    }
    List<String> subjects = cases.stream().map(s -> s.of().subject()).toList();
    Interval interval = RocArea.interval(scores, present, subjects, samples, seed);
    return new Figure(name, label, interval, cases.size(), people(cases));
  }

  /** Sensitivity and specificity at the model's threshold. */
  public List<Figure> rates(String label) {
    int l = sight.labels().indexOf(label);
    List<Seen> present = seen.stream().filter(s -> s.of().label().equals(label)).toList();
    List<Seen> absent = seen.stream().filter(s -> !s.of().label().equals(label)).toList();
    return List.of(
        new Figure(
            "sensitivity",
            label,
            ratio(present, s -> s.decided()[l] ? 1 : 0, s -> 1),
            present.size(),
            people(present)),
        new Figure(
            "specificity",
            label,
            ratio(absent, s -> s.decided()[l] ? 0 : 1, s -> 1),
            absent.size(),
            people(absent)));
  }

  /**
   * Of each region: the share of attention inside it divided by its share of the area, over images
   * decided for the label. 1 is what a map that is the same everywhere would have.
   */
  public List<Figure> attention(String label) {
    int l = sight.labels().indexOf(label);
    List<Seen> decided = seen.stream().filter(s -> s.decided()[l]).toList();
    List<Figure> out = new ArrayList<>();
    for (int r = 0; r < regions.size(); r++) {
      int region = r;
      double area = regions.get(r).areaShare();
      Interval share = ratio(decided, s -> s.inside()[l][region], s -> area * s.whole()[l]);
      out.add(
          new Figure(
              "attention." + regions.get(r).name(), label, share, decided.size(), people(decided)));
    }
    return out;
  }

  private interface Part {
    double of(Seen seen);
  }

  /** A ratio of sums over images, with its interval by bootstrap over subjects. */
  private Interval ratio(List<Seen> cases, Part part, Part whole) {
    Map<String, double[]> bySubject = new HashMap<>();
    List<String> order = new ArrayList<>();
    for (Seen s : cases) {
      double[] sums =
          bySubject.computeIfAbsent(
              s.of().subject(),
              subject -> {
                order.add(subject);
                return new double[2];
              });
      sums[0] += part.of(s);
      sums[1] += whole.of(s);
    }
    double[][] sums = order.stream().map(bySubject::get).toArray(double[][]::new);
    if (sums.length == 0) {
      return Interval.point(Double.NaN);
    }
    Random random = new Random(seed);
    double[] drawn = new double[samples];
    for (int i = 0; i < samples; i++) {
      double a = 0;
      double b = 0;
      for (int j = 0; j < sums.length; j++) {
        double[] subject = sums[random.nextInt(sums.length)];
        a += subject[0];
        b += subject[1];
      }
      drawn[i] = a / b;
    }
    Arrays.sort(drawn);
    double all = Arrays.stream(sums).mapToDouble(s -> s[0]).sum();
    double base = Arrays.stream(sums).mapToDouble(s -> s[1]).sum();
    return new Interval(
        all / base, drawn[(int) (TAIL * samples)], drawn[(int) ((1 - TAIL) * samples)]);
  }

  private static int people(List<Seen> cases) {
    return (int) cases.stream().map(s -> s.of().subject()).distinct().count();
  }
}
