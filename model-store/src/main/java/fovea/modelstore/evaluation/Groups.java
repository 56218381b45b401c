package fovea.modelstore.evaluation;

import fovea.core.evaluation.Case;
import fovea.core.evaluation.Figure;
import fovea.core.evaluation.Summary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Figures by subgroup. A group in which the label is always present, as a kind of disease, is held
 * against all images that lack the label; one in which it is always absent has no figure.
 */
final class Groups {
  private final List<String> columns;
  private final Map<String, Map<String, Set<Case>>> groups = new LinkedHashMap<>();

  Groups(List<String> columns) {
    this.columns = columns;
  }

  void add(Case shown, LabelledImages table, int row) {
    for (String column : columns) {
      groups
          .computeIfAbsent(column, c -> new TreeMap<>())
          .computeIfAbsent(table.value(row, column), v -> new HashSet<>())
          .add(shown);
    }
  }

  List<Figure> areas(String name, Summary summary, String label) {
    List<Figure> out = new ArrayList<>();
    groups.forEach(
        (column, values) ->
            values.forEach(
                (value, cases) -> {
                  String figure = "%s.%s=%s".formatted(name, column, value);
                  boolean all = cases.stream().allMatch(c -> c.label().equals(label));
                  if (cases.stream().anyMatch(c -> c.label().equals(label))) {
                    out.add(
                        summary.area(
                            figure,
                            label,
                            c -> cases.contains(c) || (all && !c.label().equals(label))));
                  }
                }));
    return out;
  }
}
