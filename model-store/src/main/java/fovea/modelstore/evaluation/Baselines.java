package fovea.modelstore.evaluation;

import fovea.core.evaluation.Case;
import fovea.core.evaluation.CellStatistics;
import fovea.core.evaluation.Figure;
import fovea.core.evaluation.Interval;
import fovea.core.evaluation.LinearRule;
import fovea.core.evaluation.Region;
import fovea.core.evaluation.RocArea;
import fovea.core.evaluation.SubjectSplit;
import fovea.modelstore.evaluation.Protocol.DataSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rules that know no anatomy, learnt on the subjects that are not held out: what a model must be
 * better than.
 *
 * @param side rows and columns of the grid on which cells are summed up
 */
record Baselines(DataRoot root, int side) {
  private static final double RIDGE = 10;
  private static final int CORNER = 3;

  List<Figure> figures(Protocol protocol, List<String> labels) throws IOException {
    DataSet set = protocol.data();
    LabelledImages table = root.table(set);
    CellStatistics statistics = new CellStatistics(side);
    Features learnt = new Features();
    Features shown = new Features();
    for (int i = 0; i < table.size(); i++) {
      Case image = DataRoot.read(table, set, i);
      boolean heldOut = SubjectSplit.heldOut(SubjectSplit.fold(image.subject()));
      (heldOut ? shown : learnt).add(statistics.of(DataRoot.raster(table.file(i))), image);
    }
    List<Figure> out = new ArrayList<>();
    for (String label : labels) {
      for (Map.Entry<String, int[]> use : uses(statistics).entrySet()) {
        Features from = learnt.only(use.getValue());
        out.add(rule(use.getKey(), label, protocol, from, shown.only(use.getValue())));
      }
    }
    return out;
  }

  private Map<String, int[]> uses(CellStatistics statistics) {
    Map<String, int[]> uses = new LinkedHashMap<>();
    Region outer = Region.ring("outer", side, side, 1);
    uses.put("baseline.outerRing", CellStatistics.within(outer));
    Region corners = Region.corners("corners", side, side, CORNER);
    uses.put("baseline.corners", CellStatistics.within(corners));
    uses.put("baseline.scalars", statistics.scalars());
    uses.put("baseline.allCells", IntStream.range(0, 2 * side * side).toArray());
    return uses;
  }

  private static Figure rule(
      String name, String label, Protocol protocol, Features learnt, Features shown) {
    LinearRule rule = LinearRule.learn(learnt.values, learnt.present(label), RIDGE);
    double[] scores = shown.values.stream().mapToDouble(rule::score).toArray();
    Interval area =
        RocArea.interval(
            scores, shown.present(label), shown.subjects, protocol.samples(), protocol.seed());
    int people = (int) shown.subjects.stream().distinct().count();
    return new Figure(name, label, area, scores.length, people);
  }

  private static final class Features {
    private final List<double[]> values = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();

    void add(double[] features, Case of) {
      values.add(features);
      labels.add(of.label());
      subjects.add(of.subject());
    }

    Features only(int[] used) {
      Features out = new Features();
      for (double[] all : values) {
        out.values.add(IntStream.of(used).mapToDouble(j -> all[j]).toArray());
      }
      out.labels.addAll(labels);
      out.subjects.addAll(subjects);
      return out;
    }

    boolean[] present(String label) {
      boolean[] out = new boolean[labels.size()];
      for (int i = 0; i < out.length; i++) {
        out[i] = labels.get(i).equals(label);
      }
      return out;
    }
  }
}
